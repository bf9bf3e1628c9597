package io.showreel.sandbox.webhook;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.fault.DisturbWebhook;
import io.showreel.sandbox.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The signing secret: the configured one, until a fault rotates it. Each rotation has its own, also after a restart. */
public final class Secrets {
    private final String configured;
    private final Faults faults;

    public Secrets(String configured, Faults faults) {
        this.configured = configured;
        this.faults = faults;
    }

    public String current() {
        int rotations = faults.strikes(DisturbWebhook.class, fault -> fault.how() == DisturbWebhook.How.ROTATED_SECRET);
        return rotations == 0 ? configured : derived("rotation " + rotations);
    }

    /** One that nobody is told. */
    String unknown() {
        return derived("unknown");
    }

    private String derived(String by) {
        var key = Ids.sha256(configured + by).substring(0, 24).getBytes(StandardCharsets.US_ASCII);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }
}
