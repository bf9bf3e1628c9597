package io.showreel.sandbox.fault;

/** An account with less than five dollars: six creates a minute, one at a time, until its owner pays. */
public record LowCredit() implements Fault {
    @Override
    public boolean isMode() {
        return true;
    }
}
