package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ColumnGuesserTest {
  private final ColumnGuesser guesser = new ColumnGuesser();

  @ParameterizedTest
  @CsvSource({
    "laion_2b, RAW",
    "alt_text, RAW",
    "alt-text, RAW",
    "alt_txt, RAW",
    "alt, RAW",
    "raw, RAW",
    "Raw Caption, RAW",
    "TEXT, RAW",
    "caption, RAW",
    "txt, RAW",
    "org_caption, RAW",
    "re_caption, SYNTHETIC",
    "laion_coco, SYNTHETIC",
    "BLIP, SYNTHETIC",
    "blip_caption, SYNTHETIC",
    "cogvlm_caption, SYNTHETIC",
    "llava_caption, SYNTHETIC",
    "synthetic_2, SYNTHETIC",
    "shortIB, SYNTHETIC",
    "capsfusion, FUSED",
    "capsfuion_official, FUSED",
    "capsfusion_official, FUSED",
    "fused_caption, FUSED",
    "long, LONG",
    "long_caption, LONG",
    "longIB, LONG",
    "longSV_captions, LONG",
    "longLLA, LONG",
    "longing, OTHER",
    "title, OTHER",
    "top_caption, OTHER",
  })
  void rolesFollowTheNames(String column, TrackRole role) {
    List<CaptionTrack> tracks = guess(text(column)).mapping().tracks();
    assertThat(tracks).containsExactly(new CaptionTrack(trackName(column), role, column));
  }

  private static String trackName(String column) {
    return column.equals("capsfuion_official") ? "capsfusion" : column;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url",
        "image_url",
        "imageUrl",
        "file_name",
        "image_path",
        "id",
        "imageId",
        "uid",
        "key",
        "sha256",
        "license",
        "mime_type",
        "image",
        "jpg",
        "status",
        "exif"
      })
  void propertiesAreNoCaptions(String column) {
    assertThat(guess(text(column)).mapping().tracks()).isEmpty();
    assertThat(guess(text(column)).reasonByColumn().get(column)).isNotBlank();
  }

  @Test
  void whatIsNoTextIsNoCaption() {
    assertThat(guess(new ColumnInfo("text", "INTEGER")).mapping().tracks()).isEmpty();
    assertThat(guess(new ColumnInfo("long", "DOUBLE")).reasonByColumn())
        .containsEntry("long", "is no text");
  }

  @Test
  void tracksComeRawFirstAndEveryColumnHasAReason() {
    MappingGuess guess =
        guess(text("title"), text("capsfusion"), text("blip"), text("alt"), text("id"));
    assertThat(guess.mapping().tracks())
        .extracting(CaptionTrack::name)
        .containsExactly("alt", "blip", "capsfusion", "title");
    assertThat(guess.reasonByColumn().keySet())
        .containsExactly("title", "capsfusion", "blip", "alt", "id");
  }

  @Test
  void theMisspeltColumnKeepsItsNameWhereTheRightOneExists() {
    assertThat(guess(text("capsfuion_official"), text("capsfusion")).mapping().tracks())
        .extracting(CaptionTrack::name)
        .containsExactly("capsfuion_official", "capsfusion");
  }

  @Test
  void blankNamesGetOneThatCanBeSeen() {
    assertThat(guess(text(" "), text("\t"), text("column 1"), text("")).mapping().tracks())
        .extracting(CaptionTrack::name)
        .containsExactly("column 2", "column 3", "column 1");
  }

  @Test
  void imagesAreFoundByTypeAndName() {
    ColumnInfo struct = new ColumnInfo("picture", "STRUCT(bytes BLOB, path VARCHAR)");
    ColumnInfo blob = new ColumnInfo("jpg", "BLOB");
    assertImage(guess(struct), "picture", ImageKind.STRUCT);
    assertImage(guess(blob), "jpg", ImageKind.BYTES);
    assertImage(guess(text("URL")), "URL", ImageKind.URL);
    assertImage(guess(text("image_url")), "image_url", ImageKind.URL);
    assertImage(guess(text("url"), blob, struct), "picture", ImageKind.STRUCT);
    assertImage(guess(text("file_name")), null, ImageKind.NONE);
    assertImage(guess(new ColumnInfo("embedding", "BLOB")), null, ImageKind.NONE);
    assertImage(guess(new ColumnInfo("image", "STRUCT(width INTEGER)")), null, ImageKind.NONE);
    assertImage(
        guesser.guess(List.of(text("url"), text("file_name")), true), "file_name", ImageKind.FILE);
  }

  @Test
  void theFieldsOfImg2datasetAreOneCaptionAndProperties() {
    MappingGuess guess =
        guess(
            text("key"),
            new ColumnInfo("image", "STRUCT(member VARCHAR, \"offset\" BIGINT, length BIGINT)"),
            text("caption"),
            text("url"),
            text("status"),
            text("error_message"),
            new ColumnInfo("width", "BIGINT"),
            text("exif"),
            text("sha256"),
            text("capbench_shard"),
            text("capbench_caption_source"));
    assertImage(guess, "image", ImageKind.MEMBER);
    assertThat(guess.mapping().tracks())
        .containsExactly(new CaptionTrack("caption", TrackRole.RAW, "caption"));
    assertThat(guess.reasonByColumn().get("image")).contains("tar");
  }

  @Test
  void theMetadataOfDataCompIsACaptionAndAnAddress() {
    MappingGuess guess =
        guess(
            text("uid"),
            text("url"),
            text("text"),
            new ColumnInfo("original_width", "BIGINT"),
            new ColumnInfo("clip_b32_similarity_score", "DOUBLE"),
            new ColumnInfo("face_bboxes", "DOUBLE[][]"),
            text("sha256"));
    assertImage(guess, "url", ImageKind.URL);
    assertThat(guess.mapping().tracks())
        .containsExactly(new CaptionTrack("text", TrackRole.RAW, "text"));
  }

  private static void assertImage(MappingGuess guess, String column, ImageKind kind) {
    ColumnMapping mapping = guess.mapping();
    assertThat(mapping.imageColumn()).isEqualTo(column);
    assertThat(mapping.imageKind()).isEqualTo(kind);
  }

  private MappingGuess guess(ColumnInfo... columns) {
    return guesser.guess(Arrays.asList(columns), false);
  }

  private static ColumnInfo text(String name) {
    return new ColumnInfo(name, "VARCHAR");
  }
}
