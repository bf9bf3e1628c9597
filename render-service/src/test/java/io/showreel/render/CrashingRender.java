package io.showreel.render;

import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.CutWithdrawn;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeasedWork;
import io.showreel.objects.ObjectStore;
import io.showreel.render.account.Accounts;
import io.showreel.render.account.Hold;
import io.showreel.render.follow.AnnouncedDelivery;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Order;
import io.showreel.render.studio.Studio;
import io.showreel.render.take.Attempt.Stage;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Queues;
import io.showreel.render.take.Take;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/**
 * render-service with a weakness: it halts, as by {@code kill -9}, at one point of one job's take. The points lie before
 * and after each call to the provider and to the object store, and before and after each commit; they need no place in
 * the service itself, since all of that passes through its ports.
 *
 * <pre>
 * upload, submit, look, find, look back, cancel   calls of the provider's API
 * download                                        of an output
 * fetch, keep                                     in the object store
 * committing cut, committing withdrawal           what was asked for is on record
 * committing [state]                              a take came into it; "unwanted" if nobody wants it any more, "by webhook"
 *                                                 if one told
 * committing stray, committing stray's end        what is known of an attempt that turned up late
 * completing [queue], postponing [queue]          a row of work is done, or waits
 * hold, pause, slow down, release                 what is on record of the account
 * delay                                           a take waits for its next turn
 * </pre>
 */
final class CrashingRender {

    static final String POINT = "crash.at";
    static final String JOB = "crash.job";
    static final String ODDITY = "crash.oddity";
    static final String GENTLY = "crash.gently";
    static final int HALTED = 137;

    private CrashingRender() {}

    /** What this process alone meets when it follows the job's take. */
    enum Oddity {
        NONE,
        /** Looks at the prediction tell nothing. */
        MUTE,
        /** The first wish for an end is answered by nothing. */
        DEAF,
        /** The list doesn't show it before it counts as absent. */
        HIDDEN,
        /** The same, and the list can't be read when it is looked back. */
        HIDDEN_THEN_UNREADABLE,
        /** Nobody came to it for 51 minutes. */
        LATE,
        /** The same, and the list can't be read. */
        LATE_AND_UNREADABLE
    }

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(RenderApplication.class, Points.class, AnnouncedDelivery.class).run(arguments);
    }

    /** Not annotated, as every other test's service would find it. */
    static final class Points {

        private static final String POINT_TO_HALT_AT = System.getProperty(POINT, "");
        private static final long JOB_TO_HALT_AT = Long.getLong(JOB, 0);
        private static final Oddity MET = Oddity.valueOf(System.getProperty(ODDITY, Oddity.NONE.name()));
        private static final Duration LATE = Duration.ofMinutes(51);
        private static final Map<Class<?>, Decorator> PORTS = Map.of(
                ObjectStore.class, Points::call,
                Ledger.class, Points::ledger,
                Accounts.class, Points::account,
                LeasedWork.class, Points::work);

        /** The job's takes, their attempts and predictions. */
        private static final Set<String> OURS = ConcurrentHashMap.newKeySet();

        /** What is put on record of the account is done by whoever had the provider's answer. */
        private static final ThreadLocal<Boolean> SUBMITS_OURS = ThreadLocal.withInitial(() -> false);

        /** Whether what happens once is still to happen. */
        private static final AtomicBoolean FIRST = new AtomicBoolean(true);

        private static final Object WEBHOOK = new Object();
        private static volatile Hold.Kind held;

        /** A call of a port's method. */
        private interface Decorator {
            Object call(Object real, Method method, Object[] arguments) throws Throwable;
        }

        @Bean
        @Primary
        Studio crashingStudio(@Qualifier("replicateStudio") Studio real) {
            return (Studio) around(Studio.class, real, Points::studio);
        }

        @Bean
        Consumer<String> downloads() {
            return point -> reachIf(isOnOurBehalf(), point);
        }

        @Bean
        static BeanPostProcessor crashingPorts() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof InstantSource clock) {
                        return late(clock);
                    }
                    return PORTS.entrySet().stream()
                            .filter(port -> port.getKey().isInstance(bean))
                            .findFirst()
                            .map(port -> around(port.getKey(), bean, port.getValue()))
                            .orElse(bean);
                }
            };
        }

        private static InstantSource late(InstantSource clock) {
            var isLate = MET == Oddity.LATE || MET == Oddity.LATE_AND_UNREADABLE;
            return () -> isLate && isOnOurBehalf() ? clock.instant().plus(LATE) : clock.instant();
        }

        private static Object around(Class<?> port, Object real, Decorator decorator) {
            return Proxy.newProxyInstance(
                    port.getClassLoader(),
                    new Class<?>[] {port},
                    (proxy, method, arguments) -> decorator.call(real, method, arguments));
        }

        private static Object studio(Object real, Method method, Object[] arguments) throws Throwable {
            SUBMITS_OURS.set(method.getName().equals("submit") && isOurs(method, arguments));
            return call(real, method, arguments);
        }

        private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
            var isOurs = isOurs(method, arguments);
            var step = method.getName().equals("find") && isLookingBack() ? "look back" : method.getName();
            reachIf(isOurs, "before " + step);
            var odd = isOurs ? odd(step) : Optional.<Answer<?>>empty();
            var result = odd.isPresent() ? odd.get() : invoke(real, method, arguments);
            reachIf(isOurs, "after " + step);
            return result;
        }

        /** Frames are made ready before the first attempt is on record; what was fetched once isn't fetched again. */
        private static boolean isOurs(Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "fetch" -> true;
                case "upload" -> !OURS.isEmpty();
                case "submit" -> OURS.contains(((Order) arguments[0]).token().toString());
                case "look", "cancel" -> OURS.contains((String) arguments[0]);
                default -> isOnOurBehalf();
            };
        }

        private static Optional<Answer<?>> odd(String step) {
            return switch (step) {
                case "look" -> answerIf(MET == Oddity.MUTE, new Answer.Ambiguous<>("mute"));
                case "cancel" -> answerIf(MET == Oddity.DEAF && FIRST.getAndSet(false), new Answer.Ambiguous<>("deaf"));
                case "find" ->
                    MET == Oddity.LATE_AND_UNREADABLE
                            ? Optional.of(new Answer.Ambiguous<>("unreadable"))
                            : answerIf(
                                    MET == Oddity.HIDDEN || MET == Oddity.HIDDEN_THEN_UNREADABLE,
                                    new Answer.Success<>(Optional.empty()));
                case "look back" ->
                    answerIf(
                            MET == Oddity.HIDDEN_THEN_UNREADABLE && FIRST.getAndSet(false),
                            new Answer.Ambiguous<>("unreadable"));
                default -> Optional.empty();
            };
        }

        private static Optional<Answer<?>> answerIf(boolean condition, Answer<?> answer) {
            return condition ? Optional.of(answer) : Optional.empty();
        }

        private static Object ledger(Object real, Method method, Object[] arguments) throws Throwable {
            var result = invoke(real, method, arguments);
            return switch (method.getName()) {
                case "open" -> {
                    var cut = (CutRequested) arguments[0];
                    cut.takes().forEach(take -> learn(cut.jobId(), take.takeId()));
                    yield haltingIf(isOurs(cut.jobId()), (Mono<?>) result, "committing cut");
                }
                case "withdraw" ->
                    haltingIf(isOurs(((CutWithdrawn) arguments[0]).jobId()), (Mono<?>) result, "committing withdrawal");
                case "find" -> ((Mono<?>) result).doOnNext(found -> learn((Entry) found, ((Entry) found).take()));
                case "save" -> save((Mono<?>) result, (Entry) arguments[0], (Take) arguments[1]);
                case "delay" -> around((Mono<?>) result, OURS.contains(arguments[0].toString()), "delay");
                case "enterWebhook" -> ((Mono<?>) result).delayUntil(isNew -> byWebhook());
                default -> result;
            };
        }

        private static Mono<?> save(Mono<?> saved, Entry before, Take after) {
            learn(before, after);
            return isOurs(before.jobId())
                    ? saved.then(isByWebhook()
                            .flatMap(told -> halting(
                                    "committing " + change(before.take(), after) + (told ? " by webhook" : ""))))
                    : saved;
        }

        private static String change(Take before, Take after) {
            var strays = Long.compare(strays(after), strays(before));
            if (strays != 0) {
                return strays > 0 ? "stray" : "stray's end";
            }
            var isUnwanted =
                    switch (after) {
                        case Take.InFlight inFlight -> inFlight.unwanted();
                        case Take.Fetching fetching -> fetching.unwanted();
                        default -> false;
                    };
            var state = after.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            return isUnwanted ? state + " unwanted" : state;
        }

        private static long strays(Take take) {
            return take.attempts().stream()
                    .filter(attempt -> attempt.stage() == Stage.STRAY)
                    .count();
        }

        private static Mono<Void> byWebhook() {
            return TransactionSynchronizationManager.forCurrentTransaction()
                    .doOnNext(transaction -> transaction.bindResource(WEBHOOK, true))
                    .then();
        }

        private static Mono<Boolean> isByWebhook() {
            return TransactionSynchronizationManager.forCurrentTransaction()
                    .map(transaction -> transaction.hasResource(WEBHOOK));
        }

        private static Object account(Object real, Method method, Object[] arguments) throws Throwable {
            var result = invoke(real, method, arguments);
            var isOurs = SUBMITS_OURS.get();
            return switch (method.getName()) {
                case "hold" -> {
                    held = isOurs ? (Hold.Kind) arguments[1] : held;
                    yield around((Mono<?>) result, isOurs, "hold");
                }
                case "pause" -> around((Mono<?>) result, isOurs, "pause");
                case "slowDown" -> around((Mono<?>) result, isOurs, "slow down");
                case "release" ->
                    around(
                            (Mono<?>) result,
                            isOurs && held != null && ((Set<?>) arguments[1]).contains(held),
                            "release");
                default -> result;
            };
        }

        private static Object work(Object real, Method method, Object[] arguments) throws Throwable {
            var result = invoke(real, method, arguments);
            return switch (method.getName()) {
                case "complete" -> work((Mono<?>) result, "completing ", (Lease) arguments[0]);
                case "postpone" -> work((Mono<?>) result, "postponing ", (Lease) arguments[0]);
                default -> result;
            };
        }

        private static Mono<?> work(Mono<?> change, String what, Lease lease) {
            return OURS.contains(lease.key())
                    ? change.then(halting(what + lease.queue().split(":", 2)[0]))
                    : change;
        }

        private static void learn(Entry entry, Take take) {
            learn(entry.jobId(), entry.takeId());
            for (var attempt : take.attempts()) {
                learn(entry.jobId(), attempt.token());
                learn(entry.jobId(), attempt.predictionId());
            }
        }

        private static void learn(long job, Object key) {
            if (isOurs(job) && key != null) {
                OURS.add(key.toString());
            }
        }

        private static boolean isOurs(long job) {
            return job == JOB_TO_HALT_AT;
        }

        /** Threads that do leased work are called after it. */
        private static boolean isOnOurBehalf() {
            var name = Thread.currentThread().getName();
            return OURS.contains(name.substring(name.indexOf('/') + 1));
        }

        private static boolean isLookingBack() {
            return Thread.currentThread().getName().startsWith(Queues.lookBack(""));
        }

        /** A statement outside of any transaction. */
        private static <T> Mono<T> around(Mono<T> statement, boolean isOurs, String step) {
            return Mono.<T>fromRunnable(() -> reachIf(isOurs, "before " + step))
                    .then(statement)
                    .doOnSuccess(done -> reachIf(isOurs, "after " + step));
        }

        private static <T> Mono<T> haltingIf(boolean isOurs, Mono<T> change, String step) {
            return isOurs ? change.delayUntil(changed -> halting(step)) : change;
        }

        /** Around the commit of the transaction that is under way. */
        private static Mono<Void> halting(String step) {
            return TransactionSynchronizationManager.forCurrentTransaction()
                    .doOnNext(transaction -> transaction.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public Mono<Void> beforeCommit(boolean readOnly) {
                            return Mono.fromRunnable(() -> reachIf(true, "before " + step));
                        }

                        @Override
                        public Mono<Void> afterCommit() {
                            return Mono.fromRunnable(() -> reachIf(true, "after " + step));
                        }
                    }))
                    .then();
        }

        private static void reachIf(boolean isOurs, String point) {
            if (isOurs && point.equals(POINT_TO_HALT_AT)) {
                if (Boolean.getBoolean(GENTLY)) {
                    Thread.ofPlatform().start(() -> System.exit(0));
                } else {
                    Runtime.getRuntime().halt(HALTED);
                }
            }
        }

        private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
