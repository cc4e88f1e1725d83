/**
 * What the sentences of a caption look at in the image: the model, the caption cut into
 * sub-captions, and what lies over the picture.
 */
@NullMarked
package io.capbench.viewer.ground;

import org.jspecify.annotations.NullMarked;
