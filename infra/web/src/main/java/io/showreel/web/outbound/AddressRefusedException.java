package io.showreel.web.outbound;

/** An address that users may not have us connect to. The message says why, and never what a name resolved to. */
public final class AddressRefusedException extends RuntimeException {

    AddressRefusedException(String reason) {
        super(reason, null, false, false);
    }
}
