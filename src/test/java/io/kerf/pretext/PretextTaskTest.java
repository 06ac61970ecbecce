package io.kerf.pretext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PretextTaskTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByItsLabelInAnyCase(PretextTask task) {
    assertThat(PretextTask.parse(task.label())).isEqualTo(task);
    assertThat(PretextTask.parse(task.label().toUpperCase(Locale.ROOT))).isEqualTo(task);
  }

  @Test
  void namesTheChoicesWhenThereIsNoSuchTask() {
    assertThatThrownBy(() -> PretextTask.parse("4-way"))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_CONFIGURATION))
        .hasMessage("There is no pretext task \"4-way\". Training has not started; "
            + "choose one of cutout, scar, cutpaste, cutpaste-scar, union, 3-way, natural.");
  }

  @Test
  void binaryTasksHaveTwoClassesAndTheThreeWayTaskThree() {
    assertThat(PretextTask.values()).allSatisfy(task -> assertThat(task.classes()).isEqualTo(task == PretextTask.THREE_WAY ? 3 : 2));
  }

  @Test
  void threeWayPastesABroadPatchInWayOneAndAScarInWayTwo() {
    Random random = new Random(1);
    assertThat(PretextTask.THREE_WAY.alteration(1, random)).isEqualTo(Alteration.CUTPASTE);
    assertThat(PretextTask.THREE_WAY.alteration(2, random)).isEqualTo(Alteration.CUTPASTE_SCAR);
  }

  @Test
  void optionsOutOfRangeAreAllNamedAtOnce() {
    assertThatThrownBy(() -> PretextOptions.of(0.6, 0.1, -0.1))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_CONFIGURATION))
        .hasMessage("The image jitter of 0.6 is outside 0 to 0.5; The translation of -0.1 is outside 0 to 0.5. "
            + "Training has not started; choose 0 to 0.5.");
    assertThatThrownBy(() -> PretextOptions.of(Double.NaN, 0, 0)).isInstanceOf(FaultException.class);
  }
}
