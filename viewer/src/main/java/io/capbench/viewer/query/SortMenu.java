package io.capbench.viewer.query;

import io.capbench.storage.query.RowOrder;
import io.capbench.viewer.dataset.FilterChoices;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.SortViewModel;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import java.util.List;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What to order the rows by. FX thread only. */
public final class SortMenu extends MenuButton {
  private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

  private final WorkbenchViewModel workbench;
  private final SortViewModel sort;

  /** Orders the rows of that workbench. */
  public SortMenu(WorkbenchViewModel workbench, SortViewModel sort) {
    super("Sort", new FontIcon(Feather.BAR_CHART));
    this.workbench = workbench;
    this.sort = sort;
    setId("sort");
    getStyleClass().addAll("flat", "query-button");
    setTooltip(new Tooltip("What the rows are ordered by (S)"));
    setOnShowing(event -> fill());
    sort.orderProperty().subscribe(order -> pseudoClassStateChanged(ON, order != null));
    fill();
  }

  private void fill() {
    OpenDataset open = workbench.openProperty().get();
    RowOrder now = sort.orderProperty().get();
    getItems().clear();
    if (open == null) {
      return;
    }
    FilterChoices choices = new FilterChoices(open.info().columns(), open.mapping());
    MenuItem none = item("sort-none", "Order of the shards", sort::clear);
    none.setDisable(now == null);
    getItems()
        .addAll(
            none,
            new SeparatorMenuItem(),
            menu("Words of a caption", choices.tracks(), name -> new RowOrder.ByWords(name, true)),
            menu(
                "Length of a caption", choices.tracks(), name -> new RowOrder.ByLength(name, true)),
            menu("Column", choices.sortable(), name -> new RowOrder.ByColumn(name, false)),
            menu(
                "Share of words from",
                FilterChoices.ORIGINS,
                name -> new RowOrder.ByShare(name, true)),
            menu(
                "Similarity with the image",
                choices.scorable(),
                name -> new RowOrder.BySimilarity(name, false)),
            item("sort-decision", "Time of decision", () -> sort.by(new RowOrder.ByDecision(true))),
            item(
                "sort-shuffle",
                now instanceof RowOrder.Shuffled ? "Shuffle again" : "Shuffle",
                sort::shuffle));
    if (now != null) {
      SortViewModel.descending(now)
          .ifPresent(
              down ->
                  getItems()
                      .addAll(
                          new SeparatorMenuItem(),
                          item("sort-turn", down ? "Ascending" : "Descending", sort::turn)));
    }
  }

  private Menu menu(String title, List<String> names, Function<String, RowOrder> order) {
    Menu menu = new Menu(title);
    for (String name : names) {
      menu.getItems().add(item("sort-by-" + name, name, () -> sort.by(order.apply(name))));
    }
    menu.setDisable(names.isEmpty());
    return menu;
  }

  private static MenuItem item(String id, String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setId(id);
    item.setMnemonicParsing(false);
    item.setOnAction(event -> action.run());
    return item;
  }
}
