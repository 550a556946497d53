# One Causa node. `docker-compose.yml` runs three of them; a single one:
#
#   docker build -t causa .
#   docker run --rm -p 127.0.0.1:5001:5001 -v causa-data:/var/lib/causa causa node --insecure
#
# In a container a node listens on every interface, so it starts only with tokens
# (CAUSA_ACCESS_TOKENS=FILE, see docs/security.md) or with --insecure. The latter is right here,
# because the port is published to this machine alone.
#
# Every setting of conf/causa.yaml is an environment variable (http.port is CAUSA_HTTP_PORT), and
# CAUSA_JAVA_OPTS holds flags for the JVM (-Xmx2g). The node also reads /opt/causa/conf/causa.yaml:
# the file of this directory, or one that is mounted there. The variables below win over it. The
# other commands run from the same image:
#
#   docker run --rm causa --help

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build

# Without sources the same build only fetches what it needs: a layer that lasts until the pom changes.
COPY .mvn .mvn
COPY pom.xml .
RUN mvn -B -q -ntp -Dmaven.test.skip=true package

COPY src/main src/main
RUN mvn -B -q -ntp -Dmaven.test.skip=true package

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Causa" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.description="A causally consistent, replicated key-value store on Vert.x 5"

# A fixed number, so that a directory that is prepared for the volume can be given to it.
RUN groupadd --gid 10001 causa \
 && useradd --uid 10001 --gid causa --no-log-init --no-create-home --home-dir /var/lib/causa \
      --shell /usr/sbin/nologin causa \
 && mkdir /var/lib/causa \
 && chown causa:causa /var/lib/causa \
 && ln -s /opt/causa/bin/causa /usr/local/bin/causa

# What changes least comes first: the libraries stay in their layer when only Causa changes.
COPY --from=build /build/target/lib /opt/causa/target/lib
COPY LICENSE /opt/causa/
COPY conf /opt/causa/conf
COPY bin/causa bin/container-ready /opt/causa/bin/

# Half of the container's memory for the heap leaves the rest to network buffers, threads and the storage
# engine. Below 2 GB the JVM would otherwise collect garbage with one thread, and every request waits. The
# flags are for nodes alone; CAUSA_JAVA_OPTS wins over them.
RUN printf '\n# The image adds these.\n-XX:MaxRAMPercentage=50\n-XX:+UseG1GC\n' >>/opt/causa/conf/jvm.options

COPY --from=build /build/target/causa.jar /opt/causa/target/causa.jar

# The first run of a node archives its classes, so that every later start is faster.
RUN causa node --help >/dev/null

ENV CAUSA_HTTP_HOST=0.0.0.0 \
    CAUSA_HTTP_PORT=5001 \
    CAUSA_STORAGE_DIRECTORY=/var/lib/causa

USER causa
WORKDIR /var/lib/causa
VOLUME /var/lib/causa
EXPOSE 5001 5701
HEALTHCHECK --interval=3s --timeout=3s --start-period=30s --retries=5 CMD ["/opt/causa/bin/container-ready"]

# The script ends in `exec java`, so TERM from `docker stop` reaches the JVM.
ENTRYPOINT ["/opt/causa/bin/causa"]
CMD ["node"]
