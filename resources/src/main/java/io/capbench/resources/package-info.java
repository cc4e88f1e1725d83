/** Stylesheets, fonts, icons and taxonomies, and the way to find them. */
@NullMarked
package io.capbench.resources;

import org.jspecify.annotations.NullMarked;
