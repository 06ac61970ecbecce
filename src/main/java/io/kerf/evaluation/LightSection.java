package io.kerf.evaluation;

/** What becomes of the verdicts when light and place change. */
final class LightSection {
  private LightSection() {}

  static void append(StringBuilder page, Light light, double alpha) {
    boolean heldOut = light.undisturbed().heldOut() > 0;
    StringBuilder table = heldOut
        ? Page.table("Disturbance", "Good test parts rejected", "Held-out parts rejected", "Image AUROC", "Loss")
        : Page.table("Disturbance", "Good test parts rejected", "Image AUROC", "Loss");
    row(table, "total", light.undisturbed(), heldOut);
    light.disturbed().forEach(row -> row(table, row.weak() ? "wrong" : "", row, heldOut));
    Page.section(page, "Light and place", Page.endTable(table) + Page.how(light.sentence(alpha) + (heldOut ? " " + Light.HELD_OUT_NOTE : ""))
        + Page.how("Each disturbance is applied to the pictures as the camera would give them, of every good part and of " + light.undisturbed().defective()
            + " defective ones; threshold and model stay as they are."));
  }

  private static void row(StringBuilder table, String style, LightRow row, boolean heldOut) {
    String good = Figures.countOf(row.falseRejects(), row.good());
    String auroc = Figures.share(row.imageAuroc());
    String loss = style.equals("total") ? "" : Figures.signed(row.aurocLoss());
    if (heldOut) {
      Page.row(table, style, row.disturbance(), good, Figures.countOf(row.heldOutRejects(), row.heldOut()), auroc, loss);
    } else {
      Page.row(table, style, row.disturbance(), good, auroc, loss);
    }
  }
}
