package io.kerf.training.worker;

import io.kerf.training.Length;
import io.kerf.training.TrainingOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Times bare training steps, for comparison with the same network in another framework: reads lines {@code go N}, makes N steps on one
 * batch, answers with the seconds they took. Arguments: size in pixels, images per step before the three ways, threads.
 */
public final class StepBench {
  private StepBench() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    int size = Integer.parseInt(args[0]);
    int images = Integer.parseInt(args[1]);
    TrainingOrder order = TrainingOrder.pooled(size, new Length.Steps(1), 1, Integer.parseInt(args[2]));
    Path folder = Files.createTempDirectory("kerf-bench");
    try (PretextTraining training = new PretextTraining(order, NormalImages.of(noise(size, images)), folder);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      training.batches().draw(0);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int steps = Integer.parseInt(line.split(" ")[1]);
        long began = System.nanoTime();
        for (int i = 0; i < steps; i++) {
          training.step();
        }
        out.println((System.nanoTime() - began) / 1e9);
      }
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private static byte[][] noise(int size, int images) {
    byte[][] planes = new byte[images][3 * size * size];
    SplittableRandom random = new SplittableRandom(1);
    for (byte[] image : planes) {
      random.nextBytes(image);
    }
    return planes;
  }
}
