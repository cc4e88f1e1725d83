package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.app.Display.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisplayTest {
  @Test
  void linuxNeedsADisplayAndGtk() {
    Map<String, String> display = Map.of("DISPLAY", ":0");

    assertThat(Display.find(display, "Linux", () -> true).state()).isEqualTo(State.USABLE);
    assertThat(Display.find(display, "Linux", () -> false))
        .satisfies(found -> assertThat(found.state()).isEqualTo(State.NO_GTK))
        .satisfies(found -> assertThat(found.message()).contains("apt-get install libgtk-3-0"));
    assertThat(Display.find(Map.of(), "Linux", () -> true).state()).isEqualTo(State.NO_DISPLAY);
    assertThat(Display.find(Map.of("DISPLAY", " "), "Linux", () -> true).state())
        .isEqualTo(State.NO_DISPLAY);
  }

  @Test
  void waylandWithoutX11HasARemedyOfItsOwn() {
    assertThat(Display.find(Map.of("WAYLAND_DISPLAY", "w-0"), "Linux", () -> true).message())
        .contains("Xwayland");
  }

  @Test
  void otherSystemsAlwaysHaveAWindow() {
    assertThat(Display.find(Map.of(), "Mac OS X", () -> false).state()).isEqualTo(State.USABLE);
    assertThat(Display.find(Map.of(), "Windows 11", () -> false).state()).isEqualTo(State.USABLE);
  }
}
