package io.capbench.resources;

import java.net.URL;

/** Finds the files of this module on the class path. */
public final class Resource {
  private Resource() {}

  /**
   * Address of a file of this module.
   *
   * @param path relative to the module, such as {@code styles/capbench.css}
   * @throws IllegalArgumentException if there is no such file
   */
  public static URL url(String path) {
    URL url = Resource.class.getResource(path);
    if (url == null) {
      throw new IllegalArgumentException("The resources module has no file " + path);
    }
    return url;
  }
}
