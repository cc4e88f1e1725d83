package io.capbench.viewer.dataset;

import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.model.Verdict;
import io.capbench.viewer.dataset.ConditionKind.Subject;
import io.capbench.viewer.review.SpanType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What conditions and orders can be about in a dataset.
 *
 * @param columns the dataset's columns
 * @param mapping which of them are captions
 * @param tags that rows of the workspace have, as people wrote them
 * @param spans what words can be marked as
 */
public record FilterChoices(
    List<ColumnInfo> columns, ColumnMapping mapping, List<String> tags, List<SpanType> spans) {
  /** Where words of a fused caption can come from. */
  public static final List<String> ORIGINS = List.of("raw", "synthetic", "both", "neither");

  private static final List<String> FLAGS =
      List.of(
          "prompt_leak",
          "invented_number",
          "empty",
          "truncated",
          "concatenation",
          "mismatched_parents");
  private static final List<String> IMAGE_STATUSES =
      Arrays.stream(ImageStatus.values()).map(ImageStatus::id).toList();
  private static final Pattern NUMBERS =
      Pattern.compile("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\\(.*\\)");
  private static final Pattern UNORDERED = Pattern.compile("(BLOB|STRUCT.*|MAP.*|.*\\])");

  public FilterChoices {
    columns = List.copyOf(columns);
    tags = List.copyOf(tags);
    spans = List.copyOf(spans);
  }

  /** What a dataset offers by itself, without what people noted. */
  public FilterChoices(List<ColumnInfo> columns, ColumnMapping mapping) {
    this(columns, mapping, List.of(), List.of());
  }

  /** What a line of that kind can be about; an empty text stands for any caption. */
  public List<String> subjects(ConditionKind kind) {
    return subjects(kind.subject());
  }

  private List<String> subjects(Subject subject) {
    return switch (subject) {
      case NONE -> List.of();
      case TRACK -> tracks();
      case ANY_TRACK -> Stream.concat(Stream.of(""), tracks().stream()).toList();
      case SCORED_TRACK -> scorable();
      case NUMBER_COLUMN ->
          columns.stream()
              .filter(column -> NUMBERS.matcher(column.type()).matches())
              .map(ColumnInfo::name)
              .toList();
      case ORIGIN -> ORIGINS;
      case FLAG -> FLAGS;
      case IMAGE_STATUS -> IMAGE_STATUSES;
      case VERDICT ->
          Stream.concat(
                  Arrays.stream(Verdict.values()).map(Verdict::id),
                  Stream.of(ConditionDraft.UNDECIDED))
              .toList();
      // In filters they stand in lower case.
      case TAG -> tags.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).distinct().toList();
      case SPAN_TYPE -> spans.stream().map(SpanType::id).toList();
    };
  }

  /** What to call a subject of lines of that kind. */
  public String name(ConditionKind kind, String subject) {
    return switch (kind.subject()) {
      case FLAG -> subject.replace('_', ' ');
      case SPAN_TYPE ->
          spans.stream()
              .filter(type -> type.id().equals(subject))
              .map(SpanType::name)
              .findFirst()
              .orElse(subject);
      case ANY_TRACK -> subject.isEmpty() ? "any caption" : subject;
      default -> subject;
    };
  }

  /** The kinds of lines that this dataset has something for. */
  public List<ConditionKind> kinds() {
    List<ConditionKind> kinds = new ArrayList<>();
    for (ConditionKind kind : ConditionKind.values()) {
      if (kind.subject() == Subject.NONE || !subjects(kind).isEmpty()) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /** A line of that kind with nothing written, about the likeliest subject. */
  public ConditionDraft begin(ConditionKind kind) {
    List<String> subjects = subjects(kind);
    String subject = subjects.isEmpty() ? "" : subjects.get(0);
    if (List.of(Subject.TRACK, Subject.SCORED_TRACK).contains(kind.subject())) {
      // It is what is worked on.
      subject = mapping.first(TrackRole.FUSED).map(CaptionTrack::name).orElse(subject);
    }
    return ConditionDraft.begin(kind, subject);
  }

  /** Names of the caption tracks. */
  public List<String> tracks() {
    return mapping.tracks().stream().map(CaptionTrack::name).toList();
  }

  /** Names of the tracks that models can compare with images: none if there are no images. */
  public List<String> scorable() {
    return mapping.imageColumn() == null ? List.of() : tracks();
  }

  /** Names of the columns that rows can be ordered by. */
  public List<String> sortable() {
    return columns.stream()
        .filter(column -> !UNORDERED.matcher(column.type()).matches())
        .map(ColumnInfo::name)
        .toList();
  }
}
