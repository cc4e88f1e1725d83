/** Light and dark: stylesheets and fonts. */
@NullMarked
package io.capbench.viewer.theme;

import org.jspecify.annotations.NullMarked;
