/** Asks asset-service over HTTP. */
@NullMarked
package io.showreel.gateway.campaign.http;

import org.jspecify.annotations.NullMarked;
