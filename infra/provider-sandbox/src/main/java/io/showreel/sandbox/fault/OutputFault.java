package io.showreel.sandbox.fault;

/** What is odd about a succeeded prediction's output; decided at its creation, and kept with it. */
public sealed interface OutputFault extends Fault permits ShapeOutput, ExpireOutput {}
