package io.showreel.gateway.job;

/** A person's command that can't be done, and where the job stands instead. */
public final class CommandRejected extends RuntimeException {

    private final Decision.Code code;
    private final Standing standing;

    CommandRejected(Decision.Rejected rejected, Standing standing) {
        super(rejected.message(), null, false, false);
        this.code = rejected.code();
        this.standing = standing;
    }

    public Decision.Code code() {
        return code;
    }

    public Standing standing() {
        return standing;
    }
}
