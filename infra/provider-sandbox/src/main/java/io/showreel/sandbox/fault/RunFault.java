package io.showreel.sandbox.fault;

/** How a prediction's run goes wrong; decided at its creation, and kept with it. */
public sealed interface RunFault extends Fault permits FailRun, StallRun, EndRun {}
