package io.capbench.storage.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.model.CapbenchException;
import java.sql.SQLException;
import java.util.List;

/**
 * Sees to it that what a person types as a condition or an order is one, and not the end of a query
 * and the beginning of another. DuckDB's own parser decides; nothing is run.
 */
final class SqlCheck {
  private static final List<String> OTHER_CLAUSES = List.of("where_clause", "having", "qualify");

  private final DuckDatabase database;
  private final ObjectMapper mapper = new ObjectMapper();

  SqlCheck(DuckDatabase database) {
    this.database = database;
  }

  /**
   * Checks a condition.
   *
   * @throws CapbenchException if it is not a single expression, saying where
   */
  void expression(String expression) {
    if (expression.isBlank()) {
      throw new CapbenchException(
          "The filter is empty. Write a condition, or leave the filter out");
    }
    // As the first of two arguments it cannot hold a comma, close a parenthesis or end the query
    // without the call around it looking different afterwards.
    JsonNode query = parse("SELECT coalesce(" + expression + "\n, false)", "filter", expression);
    JsonNode call = query.at("/select_list/0");
    if (!query.at("/modifiers").isEmpty()
        || query.at("/select_list").size() != 1
        || !call.path("type").asText().equals("OPERATOR_COALESCE")
        || call.path("children").size() != 2) {
      throw new CapbenchException(
          "The filter is not a single condition: "
              + expression
              + ". Join conditions with AND or OR");
    }
  }

  /**
   * Checks an order.
   *
   * @throws CapbenchException if it is not a list of expressions, saying where
   */
  void order(String order) {
    JsonNode query = parse("SELECT 1 ORDER BY " + order + "\n", "order", order);
    JsonNode modifiers = query.at("/modifiers");
    if (modifiers.size() != 1
        || !modifiers.at("/0/type").asText().equals("ORDER_MODIFIER")
        || query.at("/select_list").size() != 1) {
      throw new CapbenchException(
          "The order is not a list of columns or expressions: "
              + order
              + ". Write for example length(caption) DESC, url");
    }
  }

  private JsonNode parse(String sql, String what, String typed) {
    JsonNode answer;
    try {
      String json =
          database
              .list("SELECT json_serialize_sql(?::VARCHAR)", List.of(sql), row -> row.getString(1))
              .get(0);
      answer = mapper.readTree(json);
    } catch (SQLException | JsonProcessingException e) {
      throw new CapbenchException(
          "The " + what + " cannot be read: " + typed + ". " + DuckErrors.sentence(e), e);
    }
    if (answer.path("error").asBoolean()) {
      throw new CapbenchException(
          "The "
              + what
              + " is not SQL: "
              + typed
              + ". DuckDB says: "
              + answer.path("error_message").asText());
    }
    JsonNode query = answer.at("/statements/0/node");
    refuse(query, "SUBQUERY", what, typed, "a query of its own, which could read any file");
    refuse(
        query, "PARAMETER", what, typed, "a parameter, and there is nothing to put in its place");
    boolean plain =
        answer.path("statements").size() == 1
            && query.path("type").asText().equals("SELECT_NODE")
            && query.at("/from_table/type").asText().equals("EMPTY")
            && query.at("/group_expressions").isEmpty()
            && query.at("/cte_map/map").isEmpty()
            && OTHER_CLAUSES.stream().allMatch(clause -> query.path(clause).isNull());
    if (!plain) {
      throw new CapbenchException(
          "The " + what + " is not an expression but a statement: " + typed);
    }
    return query;
  }

  private static void refuse(
      JsonNode query, String expressionClass, String what, String typed, String problem) {
    for (JsonNode found : query.findValues("class")) {
      if (found.asText().equals(expressionClass)) {
        throw new CapbenchException(
            "The " + what + " holds " + problem + ": " + typed + ". Use the columns alone");
      }
    }
  }
}
