package io.causa.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes an authority and certificates for tests, as PEM files. The program {@code keytool} of the
 * Java that runs signs them: Java has no public interface for that.
 */
final class TestAuthority {
  private static final String AUTHORITY = "ca";
  private static final int DAYS = 365;
  private static final int KEYTOOL_SECONDS = 60;
  private static final String PASSWORD_VARIABLE = "CAUSA_KEYTOOL_PASSWORD";
  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path directory;
  private final Path store;
  private final String password = HexFormat.of().formatHex(SecureRandom.getSeed(16));

  /**
   * @param directory where the files go
   */
  TestAuthority(Path directory) {
    this.directory = directory;
    this.store = directory.resolve(".causa-certificates.p12");
  }

  /**
   * Makes {@code ca.pem}, {@code node.pem} and a file for each client, each with its key beside it
   * ({@code .key}).
   *
   * @param hosts names and addresses by which clients reach nodes
   * @param clients the common names of clients
   * @return the files
   * @throws IOException if they cannot be made; the message is for people
   */
  List<Path> make(List<String> hosts, List<String> clients) throws IOException {
    Files.createDirectories(directory);
    try {
      generate(AUTHORITY, "CN=Causa test authority", "bc:c", "ku:c=keyCertSign,cRLSign");
      generate("node", "CN=node", "san=" + names(hosts), "eku=serverAuth", "ku=digitalSignature");
      List<Path> files = new ArrayList<>(export(AUTHORITY));
      files.addAll(export("node"));
      for (String client : clients) {
        generate(client, "CN=" + client, "eku=clientAuth", "ku=digitalSignature");
        files.addAll(export(client));
      }
      return files;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("what keytool made cannot be read: " + unusable.getMessage(), unusable);
    } finally {
      Files.deleteIfExists(store);
    }
  }

  private static String names(List<String> hosts) {
    List<String> names = new ArrayList<>();
    for (String host : hosts) {
      boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
      names.add((address ? "ip:" : "dns:") + host);
    }
    return String.join(",", names);
  }

  private void generate(String alias, String subject, String... extensions) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                subject,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                String.valueOf(DAYS),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE));
    if (!alias.equals(AUTHORITY)) {
      command.addAll(List.of("-signer", AUTHORITY));
    }
    for (String extension : extensions) {
      command.addAll(List.of("-ext", extension));
    }
    run(command);
  }

  private void run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(PASSWORD_VARIABLE, password);
    Process keytool = builder.start();
    try (var output = keytool.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool works", impatient);
    } finally {
      keytool.destroy();
    }
  }

  private List<Path> export(String alias) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
    Key key = keys.getKey(alias, password.toCharArray());
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : keys.getCertificateChain(alias)) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    Path keyFile = directory.resolve(alias + ".key");
    Files.deleteIfExists(keyFile);
    createPrivate(keyFile);
    Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    return List.of(Files.writeString(directory.resolve(alias + ".pem"), chain.toString()), keyFile);
  }

  private static void createPrivate(Path file) throws IOException {
    if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, BASE64.encodeToString(bytes), what);
  }
}
