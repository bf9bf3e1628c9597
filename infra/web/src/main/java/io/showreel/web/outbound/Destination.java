package io.showreel.web.outbound;

import java.net.InetAddress;
import java.util.List;
import okhttp3.HttpUrl;

/** An address that was checked, and the machines behind it that were: the only ones that may be connected to. */
record Destination(HttpUrl url, List<InetAddress> machines) {}
