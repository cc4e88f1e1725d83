/** Image bytes from wherever a row keeps them, within limits. */
@NullMarked
package io.capbench.storage.image;

import org.jspecify.annotations.NullMarked;
