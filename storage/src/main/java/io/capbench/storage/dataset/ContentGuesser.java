package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the first rows of text columns whose names say nothing: they may hold addresses,
 * identifiers or long captions. Only what is shown depends on it; what a row's content is does not,
 * since that must be the same in every set of shards.
 */
final class ContentGuesser {
  private static final Logger LOG = LoggerFactory.getLogger(ContentGuesser.class);
  private static final int ROWS = 64;
  private static final int COLUMNS = 32;
  private static final int CHARACTERS = 4_000;
  private static final double MOST = 0.9;
  private static final double LONG_WORDS = 40;
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");
  private static final Pattern IDENTIFIER = Pattern.compile("(?=.*[\\d/\\\\_])\\S+");

  private final DuckDatabase database;

  ContentGuesser(DuckDatabase database) {
    this.database = database;
  }

  /** The guess as it is with what the first rows of the first shard with rows say. */
  MappingGuess refine(MappingGuess guess, List<Shard> shards) {
    List<CaptionTrack> unclear =
        guess.mapping().tracks().stream()
            .filter(track -> track.role() == TrackRole.OTHER)
            .limit(COLUMNS)
            .toList();
    Optional<Shard> first = shards.stream().filter(shard -> shard.info().rows() > 0).findFirst();
    if (unclear.isEmpty() || first.isEmpty()) {
      return guess;
    }
    try {
      return refine(guess, values(first.get(), unclear));
    } catch (SQLException e) {
      LOG.debug("The first rows of {} are not looked at", first.get().info().path(), e);
      return guess; // whoever reads them says what is wrong with them
    }
  }

  private Map<CaptionTrack, List<String>> values(Shard shard, List<CaptionTrack> unclear)
      throws SQLException {
    List<CaptionTrack> there =
        unclear.stream().filter(track -> shard.column(track.column()).isPresent()).toList();
    Map<CaptionTrack, List<String>> values = new LinkedHashMap<>();
    there.forEach(track -> values.put(track, new ArrayList<>()));
    if (there.isEmpty()) {
      return values;
    }
    String columns =
        there.stream()
            .map(track -> shard.column(track.column()).map(ColumnInfo::name).orElseThrow())
            .map(name -> "left(" + Sql.identifier(name) + ", " + CHARACTERS + ")")
            .collect(Collectors.joining(", "));
    database.list(
        "SELECT %s FROM %s WHERE file_row_number < %d"
            .formatted(columns, Sql.parquet(List.of(shard.parquet())), ROWS),
        List.of(),
        row -> add(row, there, values));
    return values;
  }

  private static boolean add(
      ResultSet row, List<CaptionTrack> tracks, Map<CaptionTrack, List<String>> values)
      throws SQLException {
    for (int i = 0; i < tracks.size(); i++) {
      String text = row.getString(i + 1);
      if (text != null && !text.isBlank()) {
        values.getOrDefault(tracks.get(i), new ArrayList<>()).add(text.strip());
      }
    }
    return true;
  }

  private static MappingGuess refine(MappingGuess guess, Map<CaptionTrack, List<String>> values) {
    ColumnMapping mapping = guess.mapping();
    List<CaptionTrack> tracks = new ArrayList<>(mapping.tracks());
    Map<String, String> reasons = new LinkedHashMap<>(guess.reasonByColumn());
    String image = mapping.imageColumn();
    ImageKind kind = mapping.imageKind();
    for (Map.Entry<CaptionTrack, List<String>> entry : values.entrySet()) {
      CaptionTrack track = entry.getKey();
      List<String> texts = entry.getValue();
      double words = texts.stream().mapToInt(ContentGuesser::words).average().orElse(0);
      if (mostly(texts, ADDRESS)) {
        boolean taken = image == null;
        if (taken) {
          image = track.column();
          kind = ImageKind.URL;
        }
        tracks.remove(track);
        reasons.put(
            track.column(),
            taken ? "holds addresses, of images perhaps" : "holds addresses, not captions");
      } else if (tracks.size() > 1 && mostly(texts, IDENTIFIER)) {
        tracks.remove(track);
        reasons.put(track.column(), "holds names or numbers without spaces, not captions");
      } else if (words >= LONG_WORDS) {
        tracks.set(
            tracks.indexOf(track), new CaptionTrack(track.name(), TrackRole.LONG, track.column()));
        reasons.put(
            track.column(),
            String.format(Locale.ROOT, "has %.0f words in its first rows on average", words));
      }
    }
    tracks.sort(Comparator.comparing(CaptionTrack::role));
    return new MappingGuess(new ColumnMapping(tracks, image, kind), reasons);
  }

  private static boolean mostly(List<String> texts, Pattern pattern) {
    long matching = texts.stream().filter(text -> pattern.matcher(text).matches()).count();
    return matching > 0 && matching >= MOST * texts.size();
  }

  private static int words(String text) {
    return text.split("\\s+").length;
  }
}
