# One file for every program: docker build --build-arg MODULE=gateway-service .
# MODULE: asset-service, gateway-service, render-service, selection-service, stitch-service, infra/provider-sandbox
ARG JDK_IMAGE=docker.io/library/eclipse-temurin:25-jdk@sha256:97014c4b396021f9ddb7d592a7dbedb0c4e4215c29e03dc01c393558aefb71c2
ARG JRE_IMAGE=docker.io/library/eclipse-temurin:25-jre@sha256:fcd7fd7b387f94bb2ac461478a7436ad8e349924c374ea8313919624dceae636
# "tree" takes what was built before, with the commands of the stage built-here.
ARG BUILT=here

FROM ${JDK_IMAGE} AS built-here
ARG MODULE
WORKDIR /source
COPY . .
RUN ./mvnw -B -q package dependency:copy-dependencies -pl ${MODULE} -am -DskipTests \
      -DincludeScope=runtime -DoutputDirectory=target/image/lib \
 && cp ${MODULE}/target/*-SNAPSHOT.jar ${MODULE}/target/image/app.jar

FROM ${JRE_IMAGE} AS built-tree
ARG MODULE
COPY ${MODULE}/target/image /source/${MODULE}/target/image

FROM built-${BUILT} AS built

# What changes with each commit in one layer, what rarely does in another; and the cache of the JVM for both.
FROM ${JRE_IMAGE} AS runtime
ARG MODULE
RUN case "${MODULE}" in \
      asset-service|render-service|stitch-service|infra/provider-sandbox) \
        apt-get update -qq \
        && apt-get install -y -qq --no-install-recommends ffmpeg fonts-dejavu-core \
        && rm -rf /var/lib/apt/lists/* ;; \
    esac \
 && groupadd --system --gid 10001 showreel \
 && useradd --system --uid 10001 --gid showreel --home-dir /tmp --no-create-home --shell /usr/sbin/nologin showreel
RUN install -d -o showreel -g showreel /data
WORKDIR /app
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseSerialGC -Xss512k -XX:+ExitOnOutOfMemoryError -Djava.io.tmpdir=/tmp --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs \
    TZ=UTC
COPY --from=built /source/${MODULE}/target/image/lib lib
COPY --from=built /source/${MODULE}/target/image/app.jar app.jar
# What this start leaves in /tmp belongs to root, and would be in the way of the service.
# A start that ends once everything is wired; it needs no database. The sandbox is no Spring application, and starts in a
# blink.
RUN case "${MODULE}" in \
      infra/*) : > app.aot.none ;; \
      *) java -XX:AOTCacheOutput=app.aot -Dspring.context.exit=onRefresh -jar app.jar --spring.flyway.enabled=false \
         && test -s app.aot \
         && rm -rf /tmp/* ;; \
    esac

USER 10001:10001
# exec: the JVM is process 1 and hears SIGTERM itself. A cache that does not fit is ignored with a warning.
ENTRYPOINT ["sh", "-c", "if [ -s app.aot ]; then exec java -XX:AOTCache=app.aot -jar app.jar \"$@\"; else exec java -jar app.jar \"$@\"; fi", "showreel"]
