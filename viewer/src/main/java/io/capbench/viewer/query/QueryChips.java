package io.capbench.viewer.query;

import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.viewer.dataset.DecisionFilter;
import io.capbench.viewer.dataset.FilterViewModel;
import io.capbench.viewer.dataset.FilterWords;
import io.capbench.viewer.dataset.QueryViewModel;
import io.capbench.viewer.dataset.SortViewModel;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * What the list is filtered and ordered by, in few words; a click takes it away. FX thread only.
 */
public final class QueryChips extends FlowPane {
  private final QueryViewModel query;
  private final FilterViewModel filter;
  private final FilterWords words = new FilterWords();
  private boolean conditionsShown = true;

  /** Shows the filter and order of that query. */
  public QueryChips(QueryViewModel query) {
    this.query = query;
    this.filter = query.filter();
    setId("chips");
    getStyleClass().add("query-chips");
    filter.conditions().addListener((ListChangeListener<RowFilter>) change -> refresh());
    filter.decidedProperty().addListener(o -> refresh());
    filter.orderProperty().addListener(o -> refresh());
    filter.canBringBackProperty().addListener(o -> refresh());
    refresh();
  }

  /** Leaves the conditions out while they are shown elsewhere. */
  public void setConditionsShown(boolean shown) {
    conditionsShown = shown;
    refresh();
  }

  private void refresh() {
    List<Node> chips = new ArrayList<>();
    DecisionFilter decided = filter.decidedProperty().get();
    if (decided != DecisionFilter.ALL) {
      chips.add(
          chip(
              "chip-decided",
              decided.title(),
              "Show rows whatever was decided",
              Feather.X,
              () -> filter.decidedProperty().set(DecisionFilter.ALL)));
    }
    if (conditionsShown) {
      for (RowFilter condition : filter.conditions()) {
        chips.add(
            chip(
                "chip-condition",
                words.of(condition),
                filter.write(List.of(condition)) + "\nClick to remove",
                Feather.X,
                () -> filter.conditions().remove(condition)));
      }
    }
    RowOrder order = filter.orderProperty().get();
    if (order != null) {
      String arrow = SortViewModel.descending(order).map(down -> down ? "↓ " : "↑ ").orElse("");
      chips.add(
          chip(
              "chip-order",
              arrow + words.of(order),
              "Back to the order of the shards",
              Feather.X,
              () -> filter.orderProperty().set(null)));
    }
    if (filter.canBringBackProperty().get()) {
      Button back =
          chip(
              "bring-back",
              "Bring the filter back",
              "Filter as before it was cleared",
              Feather.CORNER_UP_LEFT,
              filter::bringBack);
      back.setContentDisplay(ContentDisplay.LEFT);
      chips.add(back);
    }
    getChildren().setAll(chips);
    setVisible(!chips.isEmpty());
    setManaged(!chips.isEmpty());
  }

  private Button chip(String id, String text, String tip, Feather icon, Runnable action) {
    Button chip = new Button(text, new FontIcon(icon));
    chip.setId(id);
    chip.getStyleClass().add("chip");
    chip.setContentDisplay(ContentDisplay.RIGHT);
    chip.setMnemonicParsing(false);
    chip.setTooltip(new Tooltip(tip));
    chip.setOnAction(
        event -> {
          action.run();
          query.applyIfChanged();
        });
    return chip;
  }
}
