package io.showreel.render;

import io.showreel.objects.ObjectStore;
import io.showreel.render.studio.Studio;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Take;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/**
 * render-service with a weakness: it halts, as by {@code kill -9}, at one point. The points lie before and after each
 * call to the provider and to the object store, and before and after each commit that brings a take into a state; they
 * need no place in the service itself, since all of that passes through its ports.
 */
final class CrashingRender {

    static final String POINT = "crash.at";
    static final String JOB = "crash.job";
    static final int HALTED = 137;

    private CrashingRender() {}

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(RenderApplication.class, Points.class).run(arguments);
    }

    /** Not annotated, as every other test's service would find it. */
    static final class Points {

        private static final String POINT_TO_HALT_AT = System.getProperty(POINT, "");
        private static final long JOB_TO_HALT_AT = Long.getLong(JOB, 0);
        private static final Set<Class<?>> PORTS = Set.of(ObjectStore.class, Ledger.class);

        /** Calls that name no job count from the first time that the job is heard of. */
        private static volatile boolean isJobKnown;

        @Bean
        @Primary
        Studio crashingStudio(@Qualifier("replicateStudio") Studio real) {
            return (Studio) around(Studio.class, real);
        }

        @Bean
        static BeanPostProcessor crashingPorts() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return PORTS.stream()
                            .filter(port -> port.isInstance(bean))
                            .findFirst()
                            .map(port -> around(port, bean))
                            .orElse(bean);
                }
            };
        }

        private static Object around(Class<?> port, Object real) {
            return Proxy.newProxyInstance(
                    port.getClassLoader(),
                    new Class<?>[] {port},
                    (proxy, method, arguments) ->
                            port == Ledger.class ? save(real, method, arguments) : call(real, method, arguments));
        }

        private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
            reach("before " + method.getName());
            var result = invoke(real, method, arguments);
            reach("after " + method.getName());
            return result;
        }

        private static Object save(Object real, Method method, Object[] arguments) throws Throwable {
            var result = invoke(real, method, arguments);
            if (!method.getName().equals("save")) {
                return result;
            }
            var isOurs = ((Entry) arguments[0]).jobId() == JOB_TO_HALT_AT;
            isJobKnown |= isOurs;
            var state = ((Take) arguments[1]).getClass().getSimpleName().toLowerCase(Locale.ROOT);
            return isOurs ? ((Mono<?>) result).then(halting(state)) : result;
        }

        private static Mono<Void> halting(String state) {
            return TransactionSynchronizationManager.forCurrentTransaction()
                    .doOnNext(transaction -> transaction.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public Mono<Void> beforeCommit(boolean readOnly) {
                            return Mono.fromRunnable(() -> reach("before committing " + state));
                        }

                        @Override
                        public Mono<Void> afterCommit() {
                            return Mono.fromRunnable(() -> reach("after committing " + state));
                        }
                    }))
                    .then();
        }

        private static void reach(String point) {
            if (point.equals(POINT_TO_HALT_AT) && (isJobKnown || !isOfAJob(point))) {
                Runtime.getRuntime().halt(HALTED);
            }
        }

        /** Frames are made ready before the job's first attempt is on record. */
        private static boolean isOfAJob(String point) {
            return !point.endsWith(" upload") && !point.endsWith(" fetch");
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
