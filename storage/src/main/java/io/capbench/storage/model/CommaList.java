package io.capbench.storage.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names that a person wrote one behind the other, separated by commas. */
public final class CommaList {
  private CommaList() {}

  /**
   * The names, without white space around them. Names of tracks may have commas, such as {@code
   * fused (small, bf16)}.
   *
   * @param known the longest of these that stands somewhere is one name, whatever it has in it
   */
  public static List<String> of(String text, Collection<String> known) {
    List<String> names = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int end = end(text, from, known);
      names.add(text.substring(from, end).strip());
      from = end + 1;
    }
    return names;
  }

  private static int end(String text, int from, Collection<String> known) {
    int start = from;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int longest = -1;
    for (String name : known) {
      if (text.startsWith(name, start)) {
        int end = start + name.length();
        int comma = text.indexOf(',', end);
        int stop = comma < 0 ? text.length() : comma;
        if (end > longest && text.substring(end, stop).isBlank()) {
          longest = stop;
        }
      }
    }
    int comma = text.indexOf(',', from);
    return longest >= 0 ? longest : comma < 0 ? text.length() : comma;
  }
}
