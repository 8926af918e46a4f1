#include "series.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/files.h"
#include "bench/raw_picture.h"
#include "bench/sequence.h"
#include "image/picture_file.h"
#include "trace/trace.h"

namespace nakawari::bench {
/// Every region in the colour that most of its pixels have in `wanted`; a blue line takes the darker of the
/// colours beside it.
std::optional<Raster> painted_like(const Raster& source, const Raster& wanted) {
  CheckInput probe;
  probe.source = source;
  probe.traced = Drawing{};
  probe.traced->width = wanted.width;
  probe.traced->height = wanted.height;
  probe.painted = wanted;
  auto seen = look_at(std::move(probe));
  if (!seen) return std::nullopt;
  Raster painted(wanted.width, wanted.height);
  for (std::size_t i = 0; i < painted.data.size(); ++i) {
    const int l = seen->label.data[i];
    if (l > 0) painted.data[i] = seen->regions[static_cast<std::size_t>(l - 1)].colour;
    if (l == 0) painted.data[i] = source.data[i];
  }
  // A blue line takes the darker of the colours beside it.
  const auto sum = [](Rgba8 c) { return c.a == 0 ? 1000 : c.r + c.g + c.b; };
  for (const TracePiece& piece : seen->traces) {
    Rgba8 best = kClear;
    for (const int side : piece.sides) {
      const Rgba8 c = seen->regions[static_cast<std::size_t>(side)].colour;
      if (sum(c) < sum(best)) best = c;
    }
    // Flooded from the piece's first pixel.
    std::vector<std::pair<int, int>> open{{static_cast<int>(piece.at.x), static_cast<int>(piece.at.y)}};
    while (!open.empty()) {
      const auto [x, y] = open.back();
      open.pop_back();
      if (!painted.contains(x, y) || painted(x, y) != ink_colour(Ink::blue)) continue;
      painted(x, y) = best;
      for (int v = -1; v <= 1; ++v)
        for (int u = -1; u <= 1; ++u) open.emplace_back(x + u, y + v);
    }
  }
  return painted;
}

namespace {

Rgba8 off_white(Rgba8 c) {
  return c == kPaper ? Rgba8{254, 254, 254, 255} : c;
}

/// Day as the sequence has it, night darker; a shadow style for every colour that has one.
ColourModel model_of(const Sequence& sequence) {
  ColourModel model;
  model.variants = {"day", "night"};
  const auto add = [&](Rgba8 c, const std::string& name, const std::string& part, StyleRole role) {
    c = off_white(c);
    if (model.find(c, "day")) return;
    Style style;
    style.id = static_cast<StyleId>(model.styles.size()) + 1;
    style.name = name;
    style.part = part;
    style.role = role;
    style.colours["day"] = c;
    const auto darker = [](int v) { return static_cast<std::uint8_t>(v / 2 + 3); };
    style.colours["night"] = {darker(c.r), darker(c.g), static_cast<std::uint8_t>(darker(c.b) + 20), 255};
    model.styles.push_back(std::move(style));
  };
  for (const Label& label : sequence.labels) {
    if (label.id == 0 || label.name == "none") continue;
    add(label.colour, label.name, label.name, StyleRole::normal);
    if (label.shade != label.colour) add(label.shade, label.name + " shadow", label.name, StyleRole::shadow);
  }
  return model;
}

/// Main lines black, the shadow's border blue, every region in the colour of most of its pixels.
Result<CheckInput> sequence_drawing(const Sequence& sequence, int frame, Ground ground, Window& window) {
  auto lines = read_lines(sequence, frame, ground == Ground::smooth ? LineSource::line : LineSource::bin);
  if (!lines) return Failure(lines.error());
  CheckInput input;
  input.name = sequence.frames[static_cast<std::size_t>(frame)];
  input.source = std::move(*lines);
  if (ground == Ground::smooth) return input;  // cels are painted in two values
  const auto border = read_samples(sequence.path("shadowline", frame));
  const auto shade = read_samples(sequence.path("shade", frame));
  const bool shaded = border && shade;
  if (shaded)
    for (std::size_t i = 0; i < input.source.data.size(); ++i)
      if (input.source.data[i] == kPaper && border->data[i] < 128)
        input.source.data[i] = ink_colour(Ink::blue);
  const auto flat = read_samples(sequence.path("flat", frame));
  if (!flat) return input;
  // What each pixel is painted with, then what most pixels of each region are.
  const int labels = static_cast<int>(sequence.labels.size());
  Raster wanted(input.source.width, input.source.height);
  for (std::size_t i = 0; i < wanted.data.size(); ++i) {
    const Label* label = flat->data[i] == 0 ? nullptr : sequence.find(flat->data[i]);
    if (!label || label->name == "none") continue;
    const bool dark = shaded && shade->data[i] >= labels;
    wanted.data[i] = off_white(dark ? label->shade : label->colour);
  }
  input.painted = painted_like(input.source, wanted);
  if (!input.painted) return fail(ErrorCode::bad_input, "cannot be painted", {}, {.drawing = input.name});
  window.wanted.push_back(std::move(wanted));
  return input;
}

Result<void> finish(Window& window) {
  const int n = static_cast<int>(window.drawings.size());
  for (int i = 0; i < n; ++i) {
    CheckInput& d = window.drawings[static_cast<std::size_t>(i)];
    auto traced = trace(classify_lines(d.source));
    if (!traced) return Failure(traced.error());
    d.traced = std::move(*traced);
    d.first_frame = i;
    d.before = i - 1;
    d.after = i + 1 < n ? i + 1 : -1;
    d.lines_approved = d.paint_approved = i % 2 == 0;
  }
  return {};
}

}  // namespace

Result<std::vector<Window>> sequence_windows(const std::string& data, const std::string& set, int length,
                                             int stride, int count, Ground ground,
                                             const std::vector<std::string>& named) {
  const auto sequences = find_sequences(data);
  if (!sequences) return Failure(sequences.error());
  std::vector<Window> windows;
  for (const Sequence& sequence : *sequences) {
    const bool held = held_out(sequence.name);
    if ((set == "tune" && held) || (set == "held" && !held)) continue;
    const int span = (length - 1) * stride + 1, room = sequence.count() - span;
    for (int k = 0; k < count && room >= 0; ++k) {
      const int first = count == 1 ? room / 2 : room * k / (count - 1);
      if (k > 0 && first < (room * (k - 1) / std::max(1, count - 1)) + span - 2 * stride) continue;
      Window window;
      window.name = sequence.name + "@" + std::to_string(first);
      if (!named.empty() && std::find(named.begin(), named.end(), window.name) == named.end()) continue;
      window.held = held;
      window.model = model_of(sequence);
      for (int i = 0; i < length; ++i) {
        auto drawing = sequence_drawing(sequence, first + i * stride, ground, window);
        if (!drawing) return Failure(drawing.error());
        window.drawings.push_back(std::move(*drawing));
      }
      if (auto done = finish(window); !done) return Failure(done.error());
      windows.push_back(std::move(window));
    }
  }
  return windows;
}

Result<std::vector<Window>> example_windows(const std::string& examples) {
  namespace fs = std::filesystem;
  std::vector<Window> windows;
  std::vector<std::string> cuts;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(examples, none))
    if (fs::exists(entry.path() / "cut.toml")) cuts.push_back(entry.path().string());
  std::sort(cuts.begin(), cuts.end());
  for (const std::string& cut : cuts) {
    Window window;
    window.name = fs::path(cut).filename().string();
    std::vector<std::string> names;
    for (const std::string folder : {"/A", "/truth/A/line"})
      for (const auto& entry : fs::directory_iterator(cut + folder, none))
        if (entry.path().extension() == ".png")
          names.push_back(folder + "/" + entry.path().filename().string());
    std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
      return fs::path(a).filename() < fs::path(b).filename();
    });
    for (const auto& entry : fs::directory_iterator(cut + "/model", none))
      if (entry.path().extension() == ".toml" && window.model.styles.empty())
        if (const auto text = read_text(entry.path().string()))
          if (auto model = read_colour_model(*text, entry.path().string()); model)
            window.model = std::move(*model);
    for (const std::string& name : names) {
      auto source = read_picture(cut + name);
      if (!source) return Failure(source.error());
      CheckInput input;
      input.name = fs::path(name).filename().string();
      input.source = std::move(*source);
      for (const std::string folder : {"/A/paint/", "/truth/A/paint/"})
        if (auto painted = read_picture(cut + folder + input.name); painted && !input.painted)
          input.painted = std::move(*painted);
      window.drawings.push_back(std::move(input));
    }
    if (auto done = finish(window); !done) return Failure(done.error());
    windows.push_back(std::move(window));
  }
  return windows;
}

}  // namespace nakawari::bench
