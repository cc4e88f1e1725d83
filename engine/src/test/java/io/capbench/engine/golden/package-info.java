/** Where tests find numbers that the original programs gave. */
@NullMarked
package io.capbench.engine.golden;

import org.jspecify.annotations.NullMarked;
