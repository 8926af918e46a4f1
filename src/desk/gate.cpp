#include "desk/gate.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>

namespace nakawari {
namespace {

/// Takes as long for any wrong guess of the right length.
bool same_secret(const std::string& a, const std::string& b) {
  if (a.size() != b.size() || a.empty()) return false;
  unsigned different = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    different |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return different == 0;
}

std::string cookie_name(int port) {
  return fmt::format("nakawari_{}", port);
}

/// The value of a cookie in a Cookie header.
std::string cookie_value(const std::string& header, const std::string& name) {
  for (std::size_t at = 0; at < header.size();) {
    while (at < header.size() && (header[at] == ' ' || header[at] == ';')) ++at;
    const auto end = std::min(header.find(';', at), header.size());
    if (header.compare(at, name.size() + 1, name + "=") == 0)
      return header.substr(at + name.size() + 1, end - at - name.size() - 1);
    at = end;
  }
  return {};
}

}  // namespace

std::string Gate::start_link() const {
  return fmt::format("http://127.0.0.1:{}/?t={}", port, token);
}

std::string Gate::cookie() const {
  return fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/", cookie_name(port), token);
}

Gate::Decision Gate::decide(const GateRequest& r) const {
  const bool ours =
      r.host == fmt::format("127.0.0.1:{}", port) || r.host == fmt::format("localhost:{}", port);
  if (!ours) return {Way::refused, 421, "another host's name"};
  if (!r.origin.empty() && r.origin != "http://" + r.host)
    return {Way::refused, 403, "asked for by another page"};
  const bool reads = r.method == "GET" || r.method == "HEAD";
  if (!reads && r.method != "POST") return {Way::refused, 405, "only GET and POST"};
  // "none" is a person who typed or clicked the address outside of any page.
  const bool from_page = r.fetch_site == "same-origin", by_hand = r.fetch_site == "none" && reads;
  if (!r.fetch_site.empty() && !from_page && !by_hand)
    return {Way::refused, 403, "asked for by another page"};
  if (r.method == "GET" && r.path == "/" && !r.start_token.empty())
    return same_secret(r.start_token, token)
               ? Decision{Way::start, 303, ""}
               : Decision{Way::refused, 403, "an old start link: take the one that the desk printed last"};
  if (!same_secret(cookie_value(r.cookie, cookie_name(port)), token))
    return {Way::refused, 403, "open the desk by the link that it printed"};
  if (reads) return {Way::in, 200, ""};
  if (r.origin.empty()) return {Way::refused, 403, "a command without an origin"};
  if (r.content_type != "application/json") return {Way::refused, 415, "commands are JSON"};
  return {Way::in, 200, ""};
}

std::string random_token() {
  std::array<unsigned char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  std::string text;
  for (const unsigned char b : bytes) text += fmt::format("{:02x}", b);
  return text;
}

}  // namespace nakawari
