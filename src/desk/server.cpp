#include "desk/server.h"

#include <httplib.h>

#include <nlohmann/json.hpp>

#include "desk/fix_json.h"
#include "desk/pages.h"

namespace nakawari {
namespace {

using httplib::Request;
using httplib::Response;
using nlohmann::json;

/// Each stream of events and each kept connection holds a thread: two dozen browsers' worth.
constexpr std::size_t kThreads = 48;
constexpr int kPorts = 20, kPatienceSeconds = 10, kBeatMs = 10'000;
const char* const kJson = "application/json";

/// Nothing is loaded from elsewhere, nothing of ours is shown or read elsewhere.
const httplib::Headers kHeaders{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
     "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cache-Control", "no-store"}};

int status_of(const Error& error) {
  if (error.code == ErrorCode::not_found) return 404;
  if (error.code == ErrorCode::wrong_use) return 409;
  return 500;
}

/// Answers with bytes as they are. (What is set as a text the library presses with brotli at its slowest,
/// which costs more than the way over the loopback.)
void send_bytes(Response& response, const std::shared_ptr<const Bytes>& bytes, const char* type) {
  response.set_content_provider(
      bytes->size(), type, [bytes](std::size_t from, std::size_t size, httplib::DataSink& sink) {
        return sink.write(reinterpret_cast<const char*>(bytes->data()) + from, size);
      });
}

void send_text(Response& response, std::string_view text, const char* type) {
  send_bytes(response, std::make_shared<const Bytes>(text.begin(), text.end()), type);
}

void send(Response& response, const json& body, int status = 200) {
  response.status = status;
  send_text(response, body.dump(-1, ' ', false, json::error_handler_t::replace), kJson);
}

void refuse(Response& response, const std::string& why, int status) {
  send(response, {{"error", why}}, status);
}

void refuse(Response& response, const Error& error) {
  std::string text = error.message;
  if (!error.mend.empty()) text += " (" + error.mend + ")";
  refuse(response, text, status_of(error));
}

/// A text of a command; empty when it is missing or of another type.
std::string text_at(const json& body, const char* key) {
  const auto it = body.find(key);
  return it != body.end() && it->is_string() ? it->get<std::string>() : std::string();
}

Shown shown_of(const json& body) {
  const auto it = body.find("shown");
  if (it == body.end() || !it->is_object()) return {};
  return {text_at(*it, "cel"), text_at(*it, "drawing")};
}

/// The library's own choice lets a second desk listen on the port of the first, and each then hears half of
/// what is said to the other. A port that a killed desk held is free at once all the same.
void alone_on_its_port(socket_t socket) {
  const int yes = 1;
  static_cast<void>(setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
}

/// The kind of a sound, by how it begins.
const char* sound_type(const Bytes& bytes) {
  const auto begins = [&](std::string_view mark) {
    return bytes.size() >= mark.size() && std::equal(mark.begin(), mark.end(), bytes.begin());
  };
  return begins("fLaC") ? "audio/flac" : begins("OggS") ? "audio/ogg" : "audio/wav";
}

GateRequest asked(const Request& request) {
  return {request.method,
          request.path,
          request.get_header_value("Host"),
          request.get_header_value("Origin"),
          request.get_header_value("Sec-Fetch-Site"),
          request.get_header_value("Cookie"),
          request.get_header_value("Content-Type"),
          request.get_param_value("t")};
}

class HttpDesk : public DeskServer {
 public:
  HttpDesk(Desk& desk, const std::string& token) : desk_(desk) { gate_.token = token; }

  Result<void> bind_to(int port) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_payload_max_length(kMostBody);
    server_.set_read_timeout(kPatienceSeconds);
    server_.set_write_timeout(kPatienceSeconds);
    server_.set_keep_alive_timeout(kPatienceSeconds);
    server_.set_keep_alive_max_count(1'000);
    server_.set_tcp_nodelay(true);
    server_.set_socket_options(alone_on_its_port);
    server_.set_default_headers(kHeaders);
    const int first = port > 0 ? port : kDeskPort;
    for (int p = first; p < first + (port > 0 ? 1 : kPorts); ++p)
      if (server_.bind_to_port("127.0.0.1", p)) {
        gate_.port = p;
        break;
      }
    if (gate_.port == 0)
      return fail(ErrorCode::io, "port " + std::to_string(first) + " is taken",
                  "give another one with --port");
    add_routes();
    return {};
  }

  const Gate& gate() const override { return gate_; }
  void serve() override { server_.listen_after_bind(); }
  void stop() override {
    desk_.close();
    server_.stop();
  }

 private:
  using Command = std::function<void(const json&, Response&)>;

  void add_routes() {
    server_.set_pre_routing_handler(
        [this](const Request& request, Response& response) { return let_in(request, response); });
    server_.set_exception_handler([](const Request&, Response& response, const std::exception_ptr&) {
      refuse(response, "this is a fault of the program", 500);
    });
    server_.Get("/scene", [this](const Request&, Response& response) {
      send_text(response, scene_json(*desk_.scene()), kJson);
    });
    server_.Get("/events", [this](const Request&, Response& response) { stream(response); });
    server_.Get(R"(/pixels/([0-9a-f]{32}))", [this](const Request& request, Response& response) {
      const auto bytes = desk_.pixels().find(request.matches[1]);
      if (!bytes) return refuse(response, "no such picture", 404);
      keep_for_ever(response);
      send_bytes(response, bytes, "image/png");
    });
    server_.Get("/sound", [this](const Request&, Response& response) {
      const auto bytes = desk_.sound();
      if (!bytes) return refuse(response, "the cut is silent", 404);
      send_bytes(response, bytes, sound_type(*bytes));
    });
    server_.Get("/strokes", [this](const Request& request, Response& response) {
      const auto text = desk_.strokes_json(request.get_param_value("cel"), request.get_param_value("from"),
                                           request.get_param_value("to"));
      if (!text) return refuse(response, text.error());
      send_text(response, *text, kJson);
    });
    server_.Get(".*", [](const Request& request, Response& response) {
      const auto page = page_at(request.path);
      if (!page) return refuse(response, "there is no such page", 404);
      send_text(response, page->bytes, page->type);
    });
    add_commands();
  }

  void add_commands() {
    command("/fix", [this](const json& body, Response& response) {
      auto fix = fix_from_json(body.value("fix", json()));
      if (!fix) return refuse(response, fix.error().message, 400);
      const auto id = desk_.say(text_at(body, "cel"), *fix, shown_of(body));
      if (!id) return refuse(response, id.error());
      send(response, {{"id", *id}});
    });
    command("/preview", [this](const json& body, Response& response) {
      auto fix = fix_from_json(body.value("fix", json()));
      if (!fix) return refuse(response, fix.error().message, 400);
      const auto preview = desk_.preview(text_at(body, "cel"), *fix, shown_of(body));
      if (!preview) return refuse(response, preview.error());
      json places = json::array();
      for (const Box& box : preview->places) places.push_back({box.x, box.y, box.width, box.height});
      send(response, {{"picture", preview->picture},
                      {"paint", preview->paint},
                      {"drawings", preview->drawings},
                      {"places", std::move(places)}});
    });
    command("/undo", [this](const json& body, Response& response) {
      const auto fix = desk_.take_back(text_at(body, "cel"), text_at(body, "id"), shown_of(body));
      if (!fix) return refuse(response, fix.error());
      send(response, {{"fix", json_of(*fix)}});
    });
    command("/approve", [this](const json& body, Response& response) {
      auto fix = fix_from_json(body.value("fix", json()));
      if (!fix) return refuse(response, fix.error().message, 400);
      if (fix->kind != FixKind::approve) return refuse(response, "this approves nothing", 400);
      const auto id =
          desk_.approve(text_at(body, "cel"), *fix, text_at(body, "line"), text_at(body, "paint"));
      if (!id) return refuse(response, id.error());
      send(response, {{"id", *id}});
    });
    command("/video", [this](const json&, Response& response) {
      desk_.make_video();
      send(response, json::object());
    });
  }

  void command(const char* path, Command run) {
    server_.Post(path, [run = std::move(run)](const Request& request, Response& response) {
      const json body = json::parse(request.body, nullptr, false);
      if (!body.is_object()) return refuse(response, "a command is a JSON object", 400);
      run(body, response);
    });
  }

  httplib::Server::HandlerResponse let_in(const Request& request, Response& response) {
    const Gate::Decision decision = gate_.decide(asked(request));
    if (decision.way == Gate::Way::in) return httplib::Server::HandlerResponse::Unhandled;
    response.status = decision.status;
    if (decision.way == Gate::Way::start) {
      response.set_header("Set-Cookie", gate_.cookie());
      response.set_header("Location", "/");
    } else {
      send_text(response, std::string(decision.why) + "\n", "text/plain; charset=utf-8");
    }
    return httplib::Server::HandlerResponse::Handled;
  }

  static void keep_for_ever(Response& response) {
    response.headers.erase("Cache-Control");
    response.set_header("Cache-Control", "private, max-age=31536000, immutable");
  }

  /// The scene now and whenever it changes; a beat in between shows whether the browser is still there.
  void stream(Response& response) {
    auto seen = std::make_shared<long>(0);
    response.set_chunked_content_provider(
        "text/event-stream", [this, seen](std::size_t, httplib::DataSink& sink) {
          const auto scene = desk_.newer_than(*seen, kBeatMs);
          std::string text = ": still here\n\n";
          if (scene) {
            text = scene->drawn > *seen ? "event: scene\ndata: " + scene_json(*scene)
                                        : "event: job\ndata: " + job_json(*scene);
            text += "\n\n";
            *seen = scene->version;
          }
          return sink.write(text.data(), text.size());
        });
  }

  Desk& desk_;
  Gate gate_;
  httplib::Server server_;
};

}  // namespace

Result<std::unique_ptr<DeskServer>> DeskServer::bind(Desk& desk, int port, const std::string& token) {
  auto server = std::make_unique<HttpDesk>(desk, token);
  if (auto bound = server->bind_to(port); !bound) return Failure(std::move(bound.error()));
  return std::unique_ptr<DeskServer>(std::move(server));
}

}  // namespace nakawari
