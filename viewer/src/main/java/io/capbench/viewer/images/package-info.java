/** What a person can do about images: fetch them or not, look at them all, ask again. */
@NullMarked
package io.capbench.viewer.images;

import org.jspecify.annotations.NullMarked;
