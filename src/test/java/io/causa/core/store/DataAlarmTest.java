package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.core.DataFill;
import io.causa.core.DataLimit;
import io.causa.core.store.DataAlarm.Level;
import org.junit.jupiter.api.Test;

class DataAlarmTest {

  private final DataAlarm alarm = new DataAlarm();

  @Test
  void eachRangeIsToldOnce() {
    assertThat(alarm.look(used(79))).isEmpty();
    assertThat(alarm.look(used(80))).contains(Level.HIGH);
    assertThat(alarm.look(used(90))).isEmpty();
    assertThat(alarm.look(used(95))).contains(Level.VERY_HIGH);
    assertThat(alarm.look(used(99))).isEmpty();
  }

  @Test
  void aCountThatSwingsAboutABorderIsToldOnce() {
    assertThat(alarm.look(used(96))).contains(Level.VERY_HIGH);
    for (int i = 0; i < 10; i++) {
      assertThat(alarm.look(used(94))).isEmpty();
      assertThat(alarm.look(used(95))).isEmpty();
    }
    assertThat(alarm.look(used(90))).contains(Level.HIGH);
    assertThat(alarm.look(used(76))).isEmpty();
    assertThat(alarm.look(used(75))).contains(Level.ROOM);
  }

  @Test
  void aRefusedWriteMeansFullUntilThereIsRoom() {
    assertThat(alarm.look(fill(99, 0, 1))).contains(Level.FULL);
    assertThat(alarm.look(fill(99, 0, 5))).isEmpty();
    assertThat(alarm.look(fill(96, 0, 5))).isEmpty();
    assertThat(alarm.look(fill(95, 0, 5))).contains(Level.VERY_HIGH);
  }

  @Test
  void oneLargeWriteThatIsRefusedByARoomyStoreAlarmsNobody() {
    assertThat(alarm.look(fill(10, 0, 1))).isEmpty();
  }

  @Test
  void aWriteThatWaitsForRoomMeansStopped() {
    assertThat(alarm.look(fill(101, 1, 0))).contains(Level.STOPPED);
    assertThat(alarm.look(fill(100, 0, 0))).contains(Level.FULL);
    assertThat(alarm.look(fill(121, 0, 0))).as("beyond the reserve").contains(Level.STOPPED);
    assertThat(alarm.look(used(10))).contains(Level.ROOM);
  }

  private static DataFill used(int percent) {
    return fill(percent, 0, 0);
  }

  private static DataFill fill(int percent, int waiting, long refused) {
    return new DataFill(percent, new DataLimit(100, 20), waiting, refused);
  }
}
