package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.dataset.DatasetOpener;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAccessTest {
  @TempDir Path folder;

  @Test
  void withoutAWordThePublicInternetIsAsked() {
    assertThat(WebAccess.of(Map.of())).isEqualTo(WebAccess.USUAL);
    assertThat(
            WebAccess.of(Map.of("CAPBENCH_OFFLINE", "", "CAPBENCH_ALLOW_PRIVATE_ADDRESSES", "0")))
        .isEqualTo(WebAccess.USUAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", "1", " yes ", "on"})
  void theEnvironmentMayKeepItOffOrLetItAskMore(String yes) {
    assertThat(WebAccess.of(Map.of("CAPBENCH_OFFLINE", yes))).isEqualTo(new WebAccess(true, false));
    assertThat(WebAccess.of(Map.of("CAPBENCH_ALLOW_PRIVATE_ADDRESSES", yes)))
        .isEqualTo(new WebAccess(false, true));
  }

  @Test
  void anOfflineOpenerFetchesNothing() {
    DatasetOpener opener = new WebAccess(true, false).opener(folder);
    assertThat(opener.web().online()).isFalse();
    assertThat(WebAccess.USUAL.opener(folder).web().online()).isTrue();
  }
}
