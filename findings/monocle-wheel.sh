#!/usr/bin/env bash
# Monocle 17.0.10 with JavaFX 21.0.12: the wheel of the mouse turns the other way round, a pixel at a
# time.
#
# Robot.mouseWheel(1) is one click towards the user, by its documentation, which scrolls down: a
# ScrollEvent with a negative deltaY. On Monocle, where window tests run without a display, the event
# has deltaY 1: a scroll pane at its top stays there and one at its bottom goes up, by a pixel. A test
# that turns the wheel until a row is seen passes on a screen and turns for ever here, or the reverse.
. "$(dirname "$0")/common.sh"

packages_of_javafx

program << 'JAVA'
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

class Finding {
  public static void main(String[] args) throws Exception {
    Platform.startup(() -> {});
    List<Double> turns = new CopyOnWriteArrayList<>();
    CountDownLatch both = new CountDownLatch(2);
    onFx(
        () -> {
          Stage stage = new Stage();
          stage.setScene(new Scene(new Pane(), 400, 400));
          stage.addEventFilter(
              ScrollEvent.SCROLL,
              event -> {
                turns.add(event.getDeltaY());
                both.countDown();
              });
          stage.setX(0);
          stage.setY(0);
          stage.show();
          return stage;
        });
    for (int clicks : new int[] {1, -1}) {
      onFx(
          () -> {
            Robot robot = new Robot();
            robot.mouseMove(200, 200);
            robot.mouseWheel(clicks);
            return robot;
          });
    }
    boolean came = both.await(60, TimeUnit.SECONDS);
    System.out.println("a click towards the user and one away, deltaY: " + (came ? turns : "none"));
    Platform.exit();
  }

  private static <T> T onFx(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Platform.runLater(task);
    return task.get();
  }
}
JAVA

seen << 'SEEN'
a click towards the user and one away, deltaY: [1.0, -1.0]
SEEN
