#!/usr/bin/env bash
# JavaFX 21.0.12 (javafx-controls): a ListView remembers a size for every row before the one it shows,
# though all rows have the same height.
#
# With setFixedCellSize a list could compute where each row is, and it asks its items for no more than
# those that are seen: here 40 of a million or so. But to show the last row its VirtualFlow appends an
# entry for each row before it to a list of sizes: a million entries for one jump, which takes a time
# and a memory that grow with the number of rows, and ends at the largest array.
. "$(dirname "$0")/common.sh"

packages_of_javafx

program << 'JAVA'
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javafx.application.Platform;
import javafx.collections.ObservableListBase;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.stage.Stage;

class Finding {
  private static final int ROWS = 1_000_000;

  /** Rows that are made when somebody asks for them. */
  private static final class Rows extends ObservableListBase<Integer> {
    private int asked;

    @Override
    public Integer get(int index) {
      asked++;
      return index;
    }

    @Override
    public int size() {
      return ROWS;
    }
  }

  public static void main(String[] args) throws Exception {
    Platform.startup(() -> {});
    Rows rows = new Rows();
    ListView<Integer> list =
        onFx(
            () -> {
              ListView<Integer> view = new ListView<>(rows);
              view.setFixedCellSize(24);
              Stage stage = new Stage();
              stage.setScene(new Scene(view, 300, 300));
              stage.show();
              return view;
            });
    System.out.println("sizes remembered for the first rows: " + less(remembered(list), 100));
    onFx(
        () -> {
          list.scrollTo(ROWS - 1);
          list.layout();
          return list;
        });
    System.out.println("sizes remembered for the last row: " + remembered(list));
    System.out.println("rows asked for: " + less(rows.asked, 1000));
    Platform.exit();
  }

  private static String less(int count, int bound) {
    return count < bound ? "less than " + bound : String.valueOf(count);
  }

  private static int remembered(ListView<Integer> list) throws Exception {
    Field sizes = VirtualFlow.class.getDeclaredField("itemSizeCache");
    sizes.setAccessible(true);
    return onFx(() -> ((List<?>) sizes.get(list.lookup(".virtual-flow"))).size());
  }

  private static <T> T onFx(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Platform.runLater(task);
    return task.get();
  }
}
JAVA

seen << 'SEEN'
sizes remembered for the first rows: less than 100
sizes remembered for the last row: 1000000
rows asked for: less than 1000
SEEN
