package io.capbench.storage.export;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.CommaList;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.TrackRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of a row's captions is the caption of its sample: steps that are tried in order until one
 * has a caption that is not blank.
 *
 * @param steps at least one
 */
public record CaptionPolicy(List<Step> steps) {
  private static final String EDITED = "edited";
  private static final String PREFERRED = "preferred";
  private static final String TRACK = "track:";

  /** One place to look for a caption. */
  public sealed interface Step {}

  /** The caption that a person wrote. */
  public record Edited() implements Step {}

  /** The caption of the track that a person preferred. */
  public record Preferred() implements Step {}

  /**
   * The caption of a track.
   *
   * @param name the track's name
   */
  public record Track(String name) implements Step {}

  /**
   * A caption that was chosen.
   *
   * @param text the caption, unchanged
   * @param source {@code edited}, {@code preferred} or the track's name
   */
  public record Chosen(String text, String source) {}

  public CaptionPolicy {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("A caption policy has at least one step");
    }
  }

  /**
   * Written, else preferred, else the first fused track, or the first synthetic, raw or any track
   * where there is none.
   */
  public static CaptionPolicy defaultFor(ColumnMapping mapping) {
    Optional<CaptionTrack> track =
        mapping
            .first(TrackRole.FUSED)
            .or(() -> mapping.first(TrackRole.SYNTHETIC))
            .or(() -> mapping.first(TrackRole.RAW))
            .or(() -> mapping.tracks().stream().findFirst());
    List<Step> steps = new ArrayList<>(List.of(new Edited(), new Preferred()));
    track.ifPresent(found -> steps.add(new Track(found.name())));
    return new CaptionPolicy(steps);
  }

  /**
   * Reads a policy such as {@code edited,preferred,track:capsfusion}.
   *
   * @param text steps separated by commas; names of tracks may have commas too
   * @param mapping the dataset's tracks
   * @throws CapbenchException if a step or a track does not exist, naming those that do
   */
  public static CaptionPolicy parse(String text, ColumnMapping mapping) {
    List<Step> steps = new ArrayList<>();
    List<String> known = mapping.tracks().stream().map(track -> TRACK + track.name()).toList();
    for (String word : CommaList.of(text, known)) {
      steps.add(step(word, mapping));
    }
    return new CaptionPolicy(steps);
  }

  private static Step step(String word, ColumnMapping mapping) {
    if (word.equals(EDITED)) {
      return new Edited();
    }
    if (word.equals(PREFERRED)) {
      return new Preferred();
    }
    if (!word.startsWith(TRACK)) {
      throw new CapbenchException(
          "The caption policy has a step \""
              + word
              + "\". Steps are edited, preferred and track:NAME, separated by commas.");
    }
    String name = word.substring(TRACK.length());
    if (mapping.track(name).isEmpty()) {
      throw new CapbenchException(
          "The caption policy asks for the track \""
              + name
              + "\", which the dataset does not have. Its tracks are: "
              + mapping.tracks().stream().map(CaptionTrack::name).collect(Collectors.joining(", "))
              + ".");
    }
    return new Track(name);
  }

  /**
   * Chooses a row's caption.
   *
   * @param row the row
   * @param decision what holds for the row, or null
   * @return the caption, or empty if no step has one
   */
  public Optional<Chosen> choose(CaptionRow row, @Nullable Decision decision) {
    for (Step step : steps) {
      Chosen chosen = choose(step, row, decision);
      if (chosen != null) {
        return Optional.of(chosen);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Chosen choose(Step step, CaptionRow row, @Nullable Decision decision) {
    if (step instanceof Track track) {
      return chosen(row.caption(track.name()), track.name());
    }
    if (decision == null) {
      return null;
    }
    if (step instanceof Edited) {
      return chosen(decision.editedText(), EDITED);
    }
    @Nullable String preferred = decision.preferredTrack();
    return preferred == null ? null : chosen(row.caption(preferred), PREFERRED);
  }

  private static @Nullable Chosen chosen(@Nullable String text, String source) {
    return text == null || text.isBlank() ? null : new Chosen(text, source);
  }

  /** The policy as {@link #parse} reads it. */
  public String text() {
    return steps.stream().map(CaptionPolicy::word).collect(Collectors.joining(","));
  }

  private static String word(Step step) {
    if (step instanceof Track track) {
      return TRACK + track.name();
    }
    return step instanceof Edited ? EDITED : PREFERRED;
  }
}
