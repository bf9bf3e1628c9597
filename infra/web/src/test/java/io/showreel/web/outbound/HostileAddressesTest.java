package io.showreel.web.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses that mean harm, with a listener on every address of this machine that must see nothing. */
class HostileAddressesTest {

    /** {@code PORT} is the listener's. */
    private static final String TABLE = """
            http://127.0.0.1:PORT/
            https://127.0.0.1:PORT/
            HTTP://127.0.0.1:PORT/
            http://127.0.0.1.:PORT/
            http://127.1.2.3:PORT/
            http://127.1:PORT/
            http://127.0.1:PORT/
            http://2130706433:PORT/
            http://2130706433.:PORT/
            http://0x7f000001:PORT/
            http://0x7f.0x0.0x0.0x1:PORT/
            http://0x7f.1:PORT/
            http://127.0.0.0x1:PORT/
            http://017700000001:PORT/
            http://0177.0.0.1:PORT/
            http://0177.0.0.01:PORT/
            http://127.0.0.01:PORT/
            http://127.0.0.1%2e:PORT/
            http://127.0.0.%31:PORT/
            http://%31%32%37.0.0.1:PORT/
            http://127%E3%80%820%E3%80%820%E3%80%821:PORT/
            http://\uFF11\uFF12\uFF17.0.0.1:PORT/
            http://127\u30020\u30020\u30021:PORT/
            http://\u2460\u2461\u2466.\u24EA.\u24EA.\u2460:PORT/
            http://256.256.256.256:PORT/
            http://4294967296:PORT/
            http://1.2.3.4.5:PORT/
            http://0.0.0.0:PORT/
            http://0:PORT/
            http://0x0:PORT/
            http://[::1]:PORT/
            http://[0:0:0:0:0:0:0:1]:PORT/
            http://[0000::0001]:PORT/
            http://[::]:PORT/
            http://[::ffff:127.0.0.1]:PORT/
            http://[::ffff:7f00:1]:PORT/
            http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/
            http://[::ffff:0:127.0.0.1]:PORT/
            http://[::127.0.0.1]:PORT/
            http://[::7f00:1]:PORT/
            http://[64:ff9b::127.0.0.1]:PORT/
            http://[64:ff9b:1::7f00:1]:PORT/
            http://[2002:7f00:1::]:PORT/
            http://[2002:a9fe:a9fe::1]:PORT/
            http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:PORT/
            http://[2001:db8::1]:PORT/
            http://[2001:20::1]:PORT/
            http://[3fff::1]:PORT/
            http://[2606:4700:0:0:0:5efe:127.0.0.1]:PORT/
            http://[100::1]:PORT/
            http://[fc00::1]:PORT/
            http://[fd00:ec2::254]/latest/meta-data/
            http://[fe80::1]:PORT/
            http://[fe80::1%25lo]:PORT/
            http://[fec0::1]:PORT/
            http://[ff02::1]:PORT/
            http://[::1:PORT/
            http://[v1.127.0.0.1]:PORT/
            http://10.0.0.1:PORT/
            http://100.64.0.1:PORT/
            http://100.100.100.200/latest/meta-data/
            http://169.254.169.254/latest/meta-data/
            http://169.254.170.2/v2/credentials
            http://2852039166/latest/meta-data/
            http://0xA9FEA9FE/latest/meta-data/
            http://0251.0376.0251.0376/latest/meta-data/
            http://[::ffff:169.254.169.254]/latest/meta-data/
            http://168.63.129.16/machine
            http://172.16.0.1:PORT/
            http://172.31.255.255:PORT/
            http://192.0.0.192/latest/
            http://192.0.2.1:PORT/
            http://192.88.99.1:PORT/
            http://192.168.1.1:PORT/
            http://198.18.0.1:PORT/
            http://198.51.100.1:PORT/
            http://203.0.113.1:PORT/
            http://224.0.0.1:PORT/
            http://239.255.255.250:PORT/
            http://240.0.0.1:PORT/
            http://255.255.255.255:PORT/
            http://localhost:PORT/
            http://LOCALHOST:PORT/
            http://localhost.:PORT/
            http://loc%61lhost:PORT/
            http://app.localhost:PORT/
            http://here.example:PORT/
            http://here6.example:PORT/
            http://mapped.example:PORT/
            http://metadata.example/computeMetadata/v1/
            http://mixed.example:PORT/
            http://private.example:PORT/
            http://photos.example@127.0.0.1:PORT/
            http://photos.example:80@127.0.0.1:PORT/
            http://photos.example%40127.0.0.1:PORT/
            http://user:secret@photos.example/
            http://@127.0.0.1:PORT/
            http://:@photos.example/
            http://127.0.0.1:PORT@photos.example/
            http://127.0.0.1:PORT#@photos.example/
            http://127.0.0.1:PORT?@photos.example/
            http://photos.example\\\\@127.0.0.1:PORT/
            http:\\\\\\\\127.0.0.1:PORT/
            http:/127.0.0.1:PORT/
            http:127.0.0.1:PORT/
            http:///127.0.0.1:PORT/
            //127.0.0.1:PORT/
            127.0.0.1:PORT/
            http://photos.example:PORT\\u0009/
            http://photos.example/\\u000d\\u000aHost:127.0.0.1
            http://127.0.0.1\\u0000.photos.example:PORT/
            http://photos.example:99999/
            http://photos.example:-1/
            http://
            http://:PORT/
            file:///etc/passwd
            file://127.0.0.1/etc/passwd
            gopher://127.0.0.1:PORT/_GET
            ftp://127.0.0.1:PORT/
            dict://127.0.0.1:PORT/info
            ldap://127.0.0.1:PORT/
            jar:http://127.0.0.1:PORT/a.jar!/b
            netdoc:///etc/passwd
            data:image/png;base64,iVBORw0KGgo=
            javascript:alert(1)
            s3://showreel/assets/x
            ws://127.0.0.1:PORT/
            """;

    private static final Map<String, List<String>> NAMES = Map.of(
            "localhost", List.of("127.0.0.1", "::1"),
            "localhost.", List.of("127.0.0.1"),
            "app.localhost", List.of("127.0.0.1"),
            "here.example", List.of("127.0.0.1"),
            "here6.example", List.of("::1"),
            "mapped.example", List.of("::ffff:127.0.0.1"),
            "metadata.example", List.of("169.254.169.254"),
            "mixed.example", List.of("93.184.216.34", "127.0.0.1"),
            "private.example", List.of("10.1.2.3"));

    private static ServerSocketChannel listener;
    private static WebFetch fetch;

    @BeforeAll
    static void listen() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(0));
        listener.configureBlocking(false);
        fetch = new WebFetch(settings(List.of()), HostileAddressesTest::resolve, PublicAddresses::contain);
    }

    @AfterAll
    static void close() throws IOException {
        fetch.close();
        listener.close();
    }

    static Stream<String> hostile() {
        return TABLE.lines().map(line -> line.replace("PORT", Integer.toString(port()))
                .replace("\\u0009", "\t")
                .replace("\\u000d", "\r")
                .replace("\\u000a", "\n")
                .replace("\\u0000", "\0"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothing_is_sent_to_an_address_that_means_harm(String address) throws IOException {
        assertThatThrownBy(() -> fetch.get(address, (from, type, bytes) -> "something"))
                .isInstanceOf(AddressRefusedException.class);
        assertThat(listener.accept()).as("what connected").isNull();
    }

    @Test
    void the_table_is_long_and_says_nothing_twice() {
        assertThat(hostile()).hasSizeGreaterThan(120).doesNotHaveDuplicates();
    }

    @Test
    void the_listener_would_have_noticed() throws IOException {
        try (var careless = new WebFetch(
                settings(List.of("localhost:" + port())), HostileAddressesTest::resolve, PublicAddresses::contain)) {
            assertThatThrownBy(
                            () -> careless.get("http://localhost:" + port() + "/", (from, type, bytes) -> "something"))
                    .isInstanceOf(FetchFailedException.class);
            assertThatThrownBy(() -> careless.get("http://here.example:" + port() + "/", (from, type, bytes) -> ""))
                    .isInstanceOf(AddressRefusedException.class);
        }
        try (var connected = listener.accept()) {
            assertThat(connected).isNotNull();
        }
        assertThat(listener.accept()).isNull();
    }

    @Test
    void addresses_of_the_public_internet_are_told_from_others() throws UnknownHostException {
        for (var address : List.of(
                "1.1.1.1",
                "8.8.8.8",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:800::200e")) {
            assertThat(PublicAddresses.contain(InetAddress.getByName(address)))
                    .as(address)
                    .isTrue();
        }
    }

    @Test
    void a_name_that_leads_nowhere_is_no_refusal() {
        assertThatThrownBy(() -> fetch.get("http://nowhere.example/", (from, type, bytes) -> ""))
                .isInstanceOf(FetchFailedException.class);
    }

    private static OutboundSettings settings(List<String> allowed) {
        return new OutboundSettings(allowed, 3, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    private static int port() {
        return listener.socket().getLocalPort();
    }

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        var addresses = new ArrayList<InetAddress>();
        for (var address : NAMES.getOrDefault(host, List.of())) {
            addresses.add(InetAddress.getByName(address));
        }
        return addresses;
    }
}
