/** The main job, driven through the real window without a display. */
@NullMarked
package io.capbench.app.tour;

import org.jspecify.annotations.NullMarked;
