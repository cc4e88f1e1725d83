package io.capbench.samples.clip;

/** A text and what it claims. */
record Statement(String text, Claim claim) {}
