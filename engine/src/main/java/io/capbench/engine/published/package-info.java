/**
 * Models that others published: which there are, where they come from, and how they get here. What
 * is fetched is only ever stored; reading it is the business of {@code engine.weights}.
 */
@NullMarked
package io.capbench.engine.published;

import org.jspecify.annotations.NullMarked;
