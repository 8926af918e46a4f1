/// \file
/// Who may talk to the desk: only a browser on this machine that was given the start link.
///
/// The server listens on the loopback address alone. Any page of the web can still make a browser send
/// requests there, so each one has to name us as its host (a rebound name does not), must not come from
/// another page (Origin, Sec-Fetch-Site), and carries a cookie that only the start link gives and that
/// browsers send to nobody else's pages (SameSite=Strict).
#pragma once

#include <string>

namespace nakawari {

/// What the gate looks at of a request; empty = the header is missing.
struct GateRequest {
  std::string method, path;
  std::string host, origin, fetch_site, cookie, content_type;
  std::string start_token;  ///< of the query "?t="
};

struct Gate {
  std::string token;  ///< long and random; both in the start link and in the cookie
  int port = 0;

  /// The address to open: "http://127.0.0.1:4680/?t=...".
  [[nodiscard]] std::string start_link() const;
  /// "Set-Cookie" for a browser that came by the start link. The name carries the port: cookies do not.
  [[nodiscard]] std::string cookie() const;

  enum class Way {
    start,    ///< the start link: give the cookie, send on to "/"
    in,       ///< may pass
    refused,  ///< answer `status`
  };
  struct Decision {
    Way way = Way::refused;
    int status = 403;
    const char* why = "";
  };
  [[nodiscard]] Decision decide(const GateRequest& request) const;
};

/// 256 random bits of the system as hexadecimal digits; empty when the system has none to give.
std::string random_token();

}  // namespace nakawari
