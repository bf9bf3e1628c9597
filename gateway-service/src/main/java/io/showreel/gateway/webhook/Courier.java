package io.showreel.gateway.webhook;

import java.util.Map;

/** Carries a delivery to its receiver. Blocks for as long as one try may take. */
public interface Courier {

    /** @param headers of Standard Webhooks: id, time and signatures */
    Reply bring(Delivery delivery, Map<String, String> headers);
}
