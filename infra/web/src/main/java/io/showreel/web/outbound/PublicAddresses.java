package io.showreel.web.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the public internet from those that mean something else here: this machine, its network, its
 * cloud's metadata, many receivers at once, nobody, or an IPv4 address wrapped in an IPv6 one.
 */
final class PublicAddresses {

    /** What the registries of special-purpose addresses list, and Azure's agent, which has a public-looking one. */
    private static final List<Block> SPECIAL_IPV4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All of IPv6 that is handed out to networks; loopback, link-local, private and mapped ones lie outside. */
    private static final Block HANDED_OUT = Block.of("2000::/3");

    /** Within that: Teredo and its neighbours, documentation, and 6to4. */
    private static final List<Block> SPECIAL_IPV6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == 4
                ? SPECIAL_IPV4.stream().noneMatch(block -> block.contains(bytes))
                : HANDED_OUT.contains(bytes)
                        && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(bytes))
                        && !isTunnelWithin(bytes);
    }

    /** ISATAP: an IPv4 address at the end of an IPv6 one, behind a mark. */
    private static boolean isTunnelWithin(byte[] ipv6) {
        return (ipv6[8] & 0xFD) == 0 && ipv6[9] == 0 && ipv6[10] == 0x5E && (ipv6[11] & 0xFF) == 0xFE;
    }

    private static List<Block> blocks(String... notations) {
        return Stream.of(notations).map(Block::of).toList();
    }

    /** Addresses that begin alike. */
    private static final class Block {

        private final byte[] prefix;
        private final int bits;

        private Block(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        static Block of(String notation) {
            var slash = notation.indexOf('/');
            try {
                return new Block(
                        InetAddress.getByName(notation.substring(0, slash)).getAddress(),
                        Integer.parseInt(notation.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(notation, e);
            }
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> (bit % 8);
                if ((prefix[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
