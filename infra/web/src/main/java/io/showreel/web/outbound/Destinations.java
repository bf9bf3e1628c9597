package io.showreel.web.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Decides which addresses may be connected to. The very parser that the connection uses reads them, so that nothing can
 * look harmless here and lead elsewhere there; a name is looked up once, and what came back is what is connected to.
 */
final class Destinations {

    private static final int LONGEST = 2048;
    private static final Pattern SCHEME = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);

    /** Everything up to path, query or fragment. */
    private static final Pattern AUTHORITY = Pattern.compile("(?i)https?://([^/?#]*).*");

    private static final Pattern DOTTED =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");

    /** What some resolvers take for a number, and hence for an IPv4 address in disguise. */
    private static final Pattern NUMBER = Pattern.compile("(?i)\\d+|0x[0-9a-f]*");

    private final Set<String> allowed;
    private final Resolver resolver;
    private final Predicate<InetAddress> permitted;

    Destinations(List<String> allowedHosts, Resolver resolver, Predicate<InetAddress> permitted) {
        this.allowed = allowedHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.resolver = resolver;
        this.permitted = permitted;
    }

    /**
     * @throws AddressRefusedException if it may not be connected to
     * @throws FetchFailedException if its name leads nowhere
     */
    Destination check(String address) throws FetchFailedException {
        return check(parse(address));
    }

    /** As {@link #check(String)}, for where a redirect leads. */
    Destination check(@Nullable HttpUrl url) throws FetchFailedException {
        if (url == null) {
            throw new AddressRefusedException("must be a complete http or https address");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new AddressRefusedException("must not hold a user name or password");
        }
        var allowance = allowed.contains(url.host()) || allowed.contains(url.host() + ":" + url.port());
        if (!allowance) {
            refuseDisguises(url.host());
        }
        var machines = resolve(url.host());
        if (!allowance && !machines.stream().allMatch(permitted)) {
            throw new AddressRefusedException("leads to an address that is not a public one");
        }
        return new Destination(url, machines);
    }

    private static @Nullable HttpUrl parse(String address) {
        if (address.length() > LONGEST) {
            throw new AddressRefusedException("must have at most " + LONGEST + " characters");
        }
        if (address.chars().anyMatch(c -> c <= ' ' || c == 0x7F || c == '\\')) {
            throw new AddressRefusedException("must not hold blanks, control characters or backslashes");
        }
        if (!SCHEME.matcher(address).matches()) {
            throw new AddressRefusedException("must be an http or https address");
        }
        var authority = AUTHORITY.matcher(address);
        if (authority.matches() && authority.group(1).contains("@")) {
            throw new AddressRefusedException("must not hold a user name or password");
        }
        return HttpUrl.parse(address);
    }

    /** Decimal, octal, hexadecimal and short forms of IPv4: nobody writes these for a good reason. */
    private static void refuseDisguises(String host) {
        var bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        var last = bare.substring(bare.lastIndexOf('.') + 1);
        if (!host.contains(":")
                && NUMBER.matcher(last).matches()
                && !DOTTED.matcher(host).matches()) {
            throw new AddressRefusedException("must write an IPv4 address as four decimal numbers");
        }
    }

    private List<InetAddress> resolve(String host) throws FetchFailedException {
        try {
            var machines = isLiteral(host) ? List.of(InetAddress.getByName(host)) : resolver.resolve(host);
            if (!machines.isEmpty()) {
                return machines;
            }
        } catch (UnknownHostException e) {
            // Said below, as for a name without addresses.
        }
        throw new FetchFailedException("There is no host of that name.");
    }

    private static boolean isLiteral(String host) {
        return host.contains(":") || DOTTED.matcher(host).matches();
    }
}
