#include "cut/serial.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <type_traits>

namespace nakawari {
namespace {

constexpr std::uint32_t kVersion = 2;
static_assert(std::endian::native == std::endian::little, "the cache is written in the machine's own order");

/// One description of each type serves both directions: `Out` appends, `In` reads.
class Out {
 public:
  template <typename T>
  void number(T& value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    const auto* from = reinterpret_cast<const std::uint8_t*>(&value);
    bytes.insert(bytes.end(), from, from + sizeof(T));
  }
  template <typename T>
  std::uint32_t count(std::vector<T>& list) {
    auto n = static_cast<std::uint32_t>(list.size());
    number(n);
    return n;
  }
  void text(std::string& value) {
    auto n = static_cast<std::uint32_t>(value.size());
    number(n);
    bytes.insert(bytes.end(), value.begin(), value.end());
  }
  void mark(std::uint32_t wanted) {
    number(wanted);
    auto version = kVersion;
    number(version);
  }
  Bytes bytes;
};

class In {
 public:
  explicit In(std::span<const std::uint8_t> from) : bytes_(from) {}
  template <typename T>
  void number(T& value) {
    if (bytes_.size() < sizeof(T)) {
      good = false;
      return;
    }
    std::memcpy(&value, bytes_.data(), sizeof(T));
    bytes_ = bytes_.subspan(sizeof(T));
  }
  template <typename T>
  std::uint32_t count(std::vector<T>& list) {
    std::uint32_t n = 0;
    number(n);
    // Every element takes at least one byte: a damaged count must not allocate the machine's memory.
    if (n > bytes_.size()) {
      good = false;
      n = 0;
    }
    list.resize(n);
    return n;
  }
  void text(std::string& value) {
    std::uint32_t n = 0;
    number(n);
    if (n > bytes_.size()) {
      good = false;
      return;
    }
    value.assign(bytes_.begin(), bytes_.begin() + n);
    bytes_ = bytes_.subspan(n);
  }
  void mark(std::uint32_t wanted) {
    std::uint32_t found = 0, version = 0;
    number(found);
    number(version);
    good = good && found == wanted && version == kVersion;
  }
  [[nodiscard]] bool at_end() const { return good && bytes_.empty(); }
  bool good = true;

 private:
  std::span<const std::uint8_t> bytes_;
};

template <typename IO>
void describe(IO& io, Vec2& v) {
  io.number(v.x);
  io.number(v.y);
}

template <typename IO>
void describe(IO& io, std::string& s) {
  io.text(s);
}

template <typename IO>
void describe(IO& io, float& f) {
  io.number(f);
}

template <typename IO>
void describe(IO& io, std::int32_t& i) {
  io.number(i);
}

template <typename IO, typename T>
void describe(IO& io, std::vector<T>& list) {
  io.count(list);
  for (T& item : list) {
    if constexpr (std::is_same_v<IO, In>)
      if (!io.good) return;
    describe(io, item);
  }
}

template <typename IO>
void flag(IO& io, bool& value) {
  std::uint8_t byte = value ? 1 : 0;
  io.number(byte);
  value = byte != 0;
}

template <typename IO>
void describe(IO& io, Node& node) {
  describe(io, node.position);
  describe(io, node.strokes);
}

template <typename IO>
void describe(IO& io, Stroke& stroke) {
  io.number(stroke.start);
  io.number(stroke.end);
  io.number(stroke.ink);
  describe(io, stroke.points);
  describe(io, stroke.widths);
}

template <typename IO>
void describe(IO& io, Drawing& drawing) {
  io.number(drawing.width);
  io.number(drawing.height);
  io.number(drawing.kind);
  flag(io, drawing.transparent_paper);
  describe(io, drawing.nodes);
  describe(io, drawing.strokes);
}

template <typename IO>
void describe(IO& io, TracedKey& key) {
  io.mark(0x4b52544eU);
  describe(io, key.drawing);
  io.number(key.report.f1_1px);
  io.number(key.report.unexplained);
  io.number(key.report.invented);
  io.number(key.report.regions_source);
  io.number(key.report.regions_ours);
  flag(io, key.report.rough);
}

template <typename IO>
void describe(IO& io, SampleMatch& m) {
  describe(io, m.here);
  describe(io, m.here_tangent);
  io.number(m.stroke);
  io.number(m.along);
  describe(io, m.predicted);
  io.number(m.rotation);
  io.number(m.scale);
  io.number(m.partner_stroke);
  io.number(m.partner_along);
  describe(io, m.there);
  describe(io, m.there_tangent);
  io.number(m.confidence);
  io.number(m.group);
}

template <typename IO>
void describe(IO& io, UnclearEye& eye) {
  describe(io, eye.fix);
  describe(io, eye.why);
}

template <typename IO>
void describe(IO& io, MatchedPair& pair) {
  io.mark(0x504d544eU);
  describe(io, pair.correspondence.a_to_b);
  describe(io, pair.correspondence.b_to_a);
  io.number(pair.correspondence.coverage_a);
  io.number(pair.correspondence.coverage_b);
  io.number(pair.correspondence.residual);
  describe(io, pair.used);
  describe(io, pair.lost);
  describe(io, pair.unclear);
}

template <typename IO>
void describe(IO& io, std::pair<StrokeId, PartKind>& line) {
  io.number(line.first);
  io.number(line.second);
}

template <typename IO>
void describe(IO& io, NamedEye& eye) {
  describe(io, eye.eye);
  describe(io, eye.like);
  io.number(eye.found);
  describe(io, eye.lines);
}

template <typename IO>
void describe(IO& io, NamedEyes& named) {
  io.mark(0x5945544eU);
  describe(io, named.eyes);
}

template <typename IO>
void describe(IO& io, Reason& reason) {
  describe(io, reason.what);
  io.number(reason.x);
  io.number(reason.y);
  io.number(reason.size);
  describe(io, reason.text);
}

template <typename IO>
void describe_body(IO& io, Judgement& judgement) {
  io.number(judgement.verdict);
  io.number(judgement.confidence);
  describe(io, judgement.reasons);
}

template <typename IO>
void describe(IO& io, Judgement& judgement) {
  io.mark(0x4a44544eU);
  describe_body(io, judgement);
}

template <typename IO>
void describe(IO& io, Parent& parent) {
  flag(io, parent.first_key);
  io.number(parent.stroke);
  io.number(parent.from);
  io.number(parent.to);
}

template <typename IO>
void describe(IO& io, Anchor& anchor) {
  describe(io, anchor.here);
  describe(io, anchor.there);
  describe(io, anchor.here_tangent);
  describe(io, anchor.there_tangent);
  io.number(anchor.confidence);
}

template <typename IO>
void describe(IO& io, Inbetween& inbetween) {
  io.mark(0x4249544eU);
  describe(io, inbetween.drawing);
  describe(io, inbetween.parents);
  describe(io, inbetween.to_a);
  describe(io, inbetween.to_b);
  describe_body(io, inbetween.judgement);
}

/// Equal pixels in a row of the page.
struct StyleRun {
  StyleId style = kUnknownStyle;
  std::uint32_t pixels = 0;
};

template <typename IO>
void describe(IO& io, StyleRun& run) {
  io.number(run.style);
  io.number(run.pixels);
}

template <typename IO>
void describe(IO& io, PaintedRegion& region) {
  io.number(region.area);
  io.number(region.x);
  io.number(region.y);
  io.number(region.style);
  io.number(region.confidence);
  flag(io, region.asked);
}

struct PaintedRuns {
  Hash lines;
  bool given = false;
  std::int32_t width = 0, height = 0;
  std::vector<StyleRun> runs;
  std::vector<PaintedRegion> regions;
};

template <typename IO>
void describe(IO& io, PaintedRuns& painted) {
  io.mark(0x5453544eU);
  io.number(painted.lines.high);
  io.number(painted.lines.low);
  flag(io, painted.given);
  io.number(painted.width);
  io.number(painted.height);
  describe(io, painted.runs);
  describe(io, painted.regions);
}

template <typename IO>
void describe(IO& io, LineMatch& match) {
  io.number(match.of.high);
  io.number(match.of.low);
  describe(io, match.there);
  describe(io, match.back);
}

struct LineMatches {
  std::vector<LineMatch> list;
};

template <typename IO>
void describe(IO& io, LineMatches& matches) {
  io.mark(0x4d4c544eU);
  describe(io, matches.list);
}

template <typename T>
Bytes write(const T& value) {
  Out out;
  // The descriptions serve both directions and so take a mutable reference; `Out` changes nothing.
  describe(out, const_cast<T&>(value));
  return std::move(out.bytes);
}

template <typename T>
Result<T> read(std::span<const std::uint8_t> bytes) {
  In in(bytes);
  T value;
  describe(in, value);
  if (!in.at_end()) return fail(ErrorCode::bad_input, "a cached result is damaged", "delete out/.cache");
  return value;
}

}  // namespace

Bytes to_bytes(const TracedKey& key) {
  return write(key);
}
Bytes to_bytes(const MatchedPair& pair) {
  return write(pair);
}
Bytes to_bytes(const NamedEyes& eyes) {
  return write(eyes);
}
Bytes to_bytes(const Inbetween& inbetween) {
  return write(inbetween);
}
Bytes to_bytes(const Judgement& judgement) {
  return write(judgement);
}
Bytes to_bytes(const PaintedStyles& styles) {
  const StyleMap& map = styles.drawing.styles;
  PaintedRuns painted{styles.lines, styles.given, map.width, map.height, {}, styles.drawing.regions};
  for (const StyleId style : map.data) {
    if (painted.runs.empty() || painted.runs.back().style != style) painted.runs.push_back({style, 0});
    ++painted.runs.back().pixels;
  }
  return write(painted);
}
Bytes to_bytes(const std::vector<LineMatch>& matches) {
  return write(LineMatches{matches});
}
Result<TracedKey> traced_key_from(std::span<const std::uint8_t> bytes) {
  return read<TracedKey>(bytes);
}
Result<MatchedPair> matched_pair_from(std::span<const std::uint8_t> bytes) {
  return read<MatchedPair>(bytes);
}
Result<NamedEyes> named_eyes_from(std::span<const std::uint8_t> bytes) {
  return read<NamedEyes>(bytes);
}
Result<Inbetween> inbetween_from(std::span<const std::uint8_t> bytes) {
  return read<Inbetween>(bytes);
}
Result<Judgement> judgement_from(std::span<const std::uint8_t> bytes) {
  return read<Judgement>(bytes);
}
Result<std::vector<LineMatch>> line_matches_from(std::span<const std::uint8_t> bytes) {
  auto matches = read<LineMatches>(bytes);
  if (!matches) return Failure(std::move(matches.error()));
  const auto finite = [](const Anchor& anchor) {
    const double sum = anchor.here.x + anchor.here.y + anchor.there.x + anchor.there.y +
                       anchor.here_tangent.x + anchor.here_tangent.y + anchor.there_tangent.x +
                       anchor.there_tangent.y + anchor.confidence;
    return std::isfinite(sum);
  };
  for (const LineMatch& match : matches->list)
    for (const Registration* way : {&match.there, &match.back})
      if (!std::all_of(way->begin(), way->end(), finite))
        return fail(ErrorCode::bad_input, "a place in it is no number");
  return std::move(matches->list);
}
Result<PaintedStyles> painted_styles_from(std::span<const std::uint8_t> bytes) {
  auto painted = read<PaintedRuns>(bytes);
  if (!painted) return Failure(std::move(painted.error()));
  constexpr std::int32_t kLargestSide = 1 << 15;
  std::uint64_t pixels = 0;
  for (const StyleRun& run : painted->runs) pixels += run.pixels;
  const bool fits = painted->width >= 0 && painted->height >= 0 && painted->width <= kLargestSide &&
                    painted->height <= kLargestSide &&
                    pixels == static_cast<std::uint64_t>(painted->width) * painted->height;
  if (!fits) return fail(ErrorCode::bad_input, "a cached result is damaged", "delete out/.cache");
  PaintedStyles styles{painted->lines,
                       painted->given,
                       {StyleMap(painted->width, painted->height), std::move(painted->regions)}};
  auto at = styles.drawing.styles.data.begin();
  for (const StyleRun& run : painted->runs) at = std::fill_n(at, run.pixels, run.style);
  return styles;
}

}  // namespace nakawari
