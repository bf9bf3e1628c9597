package io.showreel.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Kafka's first request, spoken by hand, so that nobody needs its client to see whether a broker answers. */
final class KafkaHandshake {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final short API_VERSIONS = 18;
    private static final int CORRELATION = 4_711;
    private static final short NO_CLIENT_ID = -1;
    private static final short NO_ERROR = 0;

    private KafkaHandshake() {}

    static boolean succeeds(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(Short.BYTES + Short.BYTES + Integer.BYTES + Short.BYTES);
            out.writeShort(API_VERSIONS);
            out.writeShort(0);
            out.writeInt(CORRELATION);
            out.writeShort(NO_CLIENT_ID);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            in.readInt();
            return in.readInt() == CORRELATION && in.readShort() == NO_ERROR;
        } catch (IOException e) {
            return false;
        }
    }
}
