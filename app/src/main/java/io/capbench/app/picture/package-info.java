/** Pictures that commands write: what sub-captions look at, laid over the image. */
@NullMarked
package io.capbench.app.picture;

import org.jspecify.annotations.NullMarked;
