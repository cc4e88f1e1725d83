/** What the rows that are shown are like: counts by kind, which also filter. */
@NullMarked
package io.capbench.viewer.insight;

import org.jspecify.annotations.NullMarked;
