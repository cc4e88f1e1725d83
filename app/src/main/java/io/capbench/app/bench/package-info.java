/** Benchmarks: what is measured, and how it is told. */
@NullMarked
package io.capbench.app.bench;

import org.jspecify.annotations.NullMarked;
