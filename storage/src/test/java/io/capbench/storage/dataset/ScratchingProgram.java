package io.capbench.storage.dataset;

import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a scratch folder, says where, and keeps it until it is killed. */
final class ScratchingProgram {
  private ScratchingProgram() {}

  public static void main(String[] arguments) throws Exception {
    ScratchFolder folder = new ScratchFolder(Path.of(arguments[0]));
    Files.writeString(folder.path().resolve("spilt"), "much");
    System.out.println(folder.path());
    Thread.sleep(Long.MAX_VALUE);
  }
}
