#include "desk/gate.h"

#include <gtest/gtest.h>

#include <functional>

namespace nakawari {
namespace {

const Gate kGate{std::string(64, 'a'), 4680};

GateRequest reading() {
  return {"GET", "/scene", "127.0.0.1:4680", "", "same-origin", "x=1; nakawari_4680=" + kGate.token, "", ""};
}

GateRequest command() {
  GateRequest r = reading();
  r.method = "POST";
  r.path = "/fix";
  r.origin = "http://127.0.0.1:4680";
  r.content_type = "application/json";
  return r;
}

TEST(Gate, lets_our_own_page_in) {
  EXPECT_EQ(kGate.decide(reading()).way, Gate::Way::in);
  EXPECT_EQ(kGate.decide(command()).way, Gate::Way::in);
  GateRequest by_name = command();
  by_name.host = "localhost:4680";
  by_name.origin = "http://localhost:4680";
  EXPECT_EQ(kGate.decide(by_name).way, Gate::Way::in);
}

TEST(Gate, the_start_link_gives_the_cookie) {
  GateRequest r = reading();
  r.path = "/";
  r.cookie.clear();
  r.fetch_site = "none";
  r.start_token = kGate.token;
  EXPECT_EQ(kGate.decide(r).way, Gate::Way::start);
  r.start_token[3] = 'b';
  EXPECT_EQ(kGate.decide(r).way, Gate::Way::refused);
  EXPECT_EQ(kGate.start_link(), "http://127.0.0.1:4680/?t=" + kGate.token);
  EXPECT_NE(kGate.cookie().find("HttpOnly; SameSite=Strict"), std::string::npos);
}

TEST(Gate, refuses_everybody_else) {
  struct Case {
    const char* name;
    int status;
    std::function<void(GateRequest&)> change;
  };
  const std::vector<Case> cases{
      {"rebound name", 421, [](GateRequest& r) { r.host = "evil.example:4680"; }},
      {"no host", 421, [](GateRequest& r) { r.host.clear(); }},
      {"other port", 421, [](GateRequest& r) { r.host = "127.0.0.1:80"; }},
      {"other page", 403, [](GateRequest& r) { r.origin = "http://evil.example"; }},
      {"sandboxed page", 403, [](GateRequest& r) { r.origin = "null"; }},
      {"the other of our names", 403, [](GateRequest& r) { r.origin = "http://localhost:4680"; }},
      {"cross site", 403, [](GateRequest& r) { r.fetch_site = "cross-site"; }},
      {"another port's page", 403, [](GateRequest& r) { r.fetch_site = "same-site"; }},
      {"typed command", 403, [](GateRequest& r) { r.fetch_site = "none"; }},
      {"no origin", 403, [](GateRequest& r) { r.origin.clear(); }},
      {"no cookie", 403, [](GateRequest& r) { r.cookie.clear(); }},
      {"cookie of another port", 403, [](GateRequest& r) { r.cookie = "nakawari_4681=" + kGate.token; }},
      {"short cookie", 403, [](GateRequest& r) { r.cookie = "nakawari_4680=aaa"; }},
      {"empty cookie", 403, [](GateRequest& r) { r.cookie = "nakawari_4680="; }},
      {"form", 415, [](GateRequest& r) { r.content_type = "text/plain"; }},
      {"PUT", 405, [](GateRequest& r) { r.method = "PUT"; }},
      {"OPTIONS", 405, [](GateRequest& r) { r.method = "OPTIONS"; }},
  };
  for (const Case& each : cases) {
    GateRequest r = command();
    each.change(r);
    const Gate::Decision decision = kGate.decide(r);
    EXPECT_EQ(decision.way, Gate::Way::refused) << each.name;
    EXPECT_EQ(decision.status, each.status) << each.name;
  }
  EXPECT_EQ((Gate{"", 4680}.decide(command())).way, Gate::Way::refused) << "a gate without a secret";
}

TEST(Gate, tokens_are_long_and_differ) {
  EXPECT_EQ(random_token().size(), 64u);
  EXPECT_NE(random_token(), random_token());
}

}  // namespace
}  // namespace nakawari
