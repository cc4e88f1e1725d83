package io.capbench.storage.image;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which addresses belong to the public internet. A dataset may name any address, also those of this
 * machine, of its network, or of the place where a rented machine reads its credentials.
 */
final class PublicAddresses {
  private static final int IPV4_BYTES = 4;
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? publicIpv4(bytes) : publicIpv6(bytes);
  }

  private static boolean publicIpv4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean special =
        first == 0 // this network
            || first >= 240 // reserved, and broadcast
            || (first == 100 && (second & 0xc0) == 64) // carrier-grade NAT
            || (first == 192 && second == 0 && third == 0) // protocol assignments
            || (first == 198 && (second & 0xfe) == 18); // benchmarks
    return !special;
  }

  // Only 2000::/3 is given out. Addresses that wrap another one are as public as that one.
  private static boolean publicIpv6(byte[] bytes) {
    if (Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
      return contain(ipv4(bytes, NAT64.length));
    }
    int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    if (first == 0x2002) { // 6to4
      return contain(ipv4(bytes, 2));
    }
    boolean teredo = first == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
    return (first & 0xe000) == 0x2000 && !teredo;
  }

  private static InetAddress ipv4(byte[] bytes, int offset) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + IPV4_BYTES));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
