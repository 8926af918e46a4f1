// nakawari mouth: which mouth stands at which frame.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "base/files.h"
#include "cli/shell.h"
#include "cut/disk.h"
#include "cut/face_track_file.h"
#include "mouth/voice.h"
#include "sheet/xdts.h"

namespace nakawari {
namespace {

struct Arguments {
  std::string wav, sheet, from, kana, voice, marks, out, cel = "mouth";
  double fps = 24;
  int on = 2, lead = 0, seed = 1, frames = 0;
};

struct Made {
  MouthTrack track;
  std::string how;
};

Result<Made> by_chance(const Arguments& a, Report& notes) {
  const auto bytes = read_file(a.sheet);
  if (!bytes) return Failure(bytes.error());
  auto read = read_sheet(*bytes, a.sheet);
  if (!read) return Failure(std::move(read.error()));
  notes = std::move(read->notes);
  const ExposureSheet& sheet = read->sheet;
  std::vector<SheetSpan> speech;
  for (const SheetTrack& track : sheet.dialogue)
    for (SheetSpan& span : spans(track, sheet.duration)) speech.push_back(std::move(span));
  std::sort(speech.begin(), speech.end(),
            [](const SheetSpan& l, const SheetSpan& r) { return l.first_frame < r.first_frame; });
  if (speech.empty())
    return fail(ErrorCode::bad_input, "nobody speaks on this sheet",
                "write the lines into its dialogue column", {.file = a.sheet});
  return Made{three_mouths(speech, sheet.fps, sheet.duration, a.on, static_cast<std::uint64_t>(a.seed)),
              fmt::format("three mouths at random, seed {}", a.seed)};
}

Result<VoiceFeatures> hear(const std::string& path) {
  const auto bytes = read_file(path);
  if (!bytes) return Failure(bytes.error());
  const auto sound = decode_sound(*bytes, path);
  if (!sound) return Failure(sound.error());
  return voice_features(*sound);
}

Result<Made> by_voice(const Arguments& a, Report& notes) {
  const auto voice = hear(a.wav);
  if (!voice) return Failure(voice.error());
  const double seconds = static_cast<double>(voice->speech.size()) * kFrameSeconds;
  const int frames = a.frames > 0 ? a.frames : std::max(1, static_cast<int>(seconds * a.fps + 0.5));
  if (frames > kMaxSheetFrames)
    return fail(ErrorCode::bad_input, "is longer than a sheet can be", "cut it to the length of the cut",
                {.file = a.wav});
  if (voice->silent && a.kana.empty()) {
    notes.push_back({"silent", "nobody speaks in it; the mouth stays closed", {.file = a.wav}});
    return Made{expose({}, a.fps, frames, a.on, a.lead), "silence"};
  }
  if (a.voice.empty())
    return Made{expose(mouths_by_loudness(*voice), a.fps, frames, a.on, a.lead), "loudness of the voice"};
  const auto sample = hear(a.voice);
  if (!sample) return Failure(sample.error());
  const auto text = read_text(a.marks);
  if (!text) return Failure(text.error());
  const auto marks = read_marks(*text, a.marks);
  if (!marks) return Failure(marks.error());
  const auto templates = vowel_templates(*sample, *marks, a.marks);
  if (!templates) return Failure(templates.error());
  if (a.kana.empty())
    return Made{expose(mouths_by_vowels(*voice, *templates, &notes), a.fps, frames, a.on, a.lead),
                "vowels of the voice"};
  const auto morae = read_kana(a.kana);
  if (!morae) return Failure(morae.error());
  auto aligned = align_mouths(*voice, *templates, *morae);
  if (!aligned) {
    aligned.error().where.file = a.wav;
    return Failure(std::move(aligned.error()));
  }
  return Made{expose(*aligned, a.fps, frames, a.on, a.lead), "vowels of the text, placed by the voice"};
}

Result<Made> from_file(const Arguments& a) {
  const auto text = read_text(a.from);
  if (!text) return Failure(text.error());
  auto track = read_mouths(*text, a.from, a.fps, a.on);
  if (!track) return Failure(std::move(track.error()));
  return Made{std::move(*track), "read from another program's file"};
}

std::string text_for(const Arguments& a, const Made& made) {
  if (a.out.ends_with(".dat")) return write_mouths(made.track, MouthFormat::moho_dat);
  if (a.out.ends_with(".tsv")) return write_mouths(made.track, MouthFormat::rhubarb_tsv);
  if (a.out.ends_with(".json")) return write_mouths(made.track, MouthFormat::rhubarb_json);
  if (a.out.ends_with(".toml")) return mouths_text(made.track, made.how);
  ExposureSheet sheet;
  sheet.fps = made.track.fps;
  sheet.duration = made.track.frames;
  sheet.cels.push_back(mouth_column(made.track, a.cel));
  return write_xdts(sheet);
}

Result<int> run(const Arguments& a) {
  const int ways = !a.wav.empty() + !a.sheet.empty() + !a.from.empty();
  if (ways != 1)
    return fail(ErrorCode::wrong_use, "say where the mouths come from", "one of --wav, --sheet and --from");
  if (a.voice.empty() != a.marks.empty() || (!a.kana.empty() && a.voice.empty()))
    return fail(ErrorCode::wrong_use, "vowels need a marked recording of the same voice",
                "give --voice and --marks together; --kana needs both");
  static constexpr const char* kEndings[] = {".toml", ".xdts", ".dat", ".tsv", ".json"};
  if (std::none_of(std::begin(kEndings), std::end(kEndings),
                   [&](const char* e) { return a.out.ends_with(e); }))
    return fail(ErrorCode::wrong_use, "is no form that mouths are written in",
                "name it .toml .xdts .dat .tsv or .json", {.file = a.out});
  if (auto spared = spare({a.wav, a.sheet, a.from, a.voice, a.marks}, a.out); !spared)
    return Failure(std::move(spared.error()));
  Report notes;
  const auto made = !a.sheet.empty() ? by_chance(a, notes)
                    : !a.wav.empty() ? by_voice(a, notes)
                                     : from_file(a);
  if (!made) return Failure(made.error());
  if (auto done = write_text(a.out, text_for(a, *made)); !done) return Failure(std::move(done.error()));
  for (const Note& note : notes) tell(note);
  fmt::print("{}: {} over {}, {}\n", a.out, counted(made->track.changes.size(), "mouth"),
             counted(made->track.frames, "frame"), made->how);
  return kDone;
}

}  // namespace

void add_mouth(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("mouth", "Time the mouths: by chance, by the voice, or from another program");
  command->add_option("--wav", a->wav, "the voice: WAV, FLAC or OGG");
  command->add_option("--sheet", a->sheet, "no voice: three mouths at random through the sheet's dialogue");
  command->add_option("--from", a->from, "a file of Rhubarb (TSV, JSON) or Papagayo / Moho (DAT)");
  command->add_option("--kana", a->kana, "what is said, in kana: then only the places are searched");
  command->add_option("--voice", a->voice, "a recording of the same actor, with --marks: for vowels");
  command->add_option("--marks", a->marks, "its vowels, a line each: start, end (seconds), a i u e o or n");
  command
      ->add_option("--out", a->out, "the file to write: .toml for a face's track, .xdts, .dat, .tsv, .json")
      ->required();
  command->add_option("--on", a->on, "frames that a mouth stands for")->check(CLI::Range(1, 24));
  command->add_option("--lead", a->lead, "let the mouth run ahead of the voice, frames")
      ->check(CLI::Range(0, 1));
  command->add_option("--fps", a->fps, "frames a second, for a voice")->check(CLI::Range(1.0, 240.0));
  command->add_option("--frames", a->frames, "length in frames, default: of the voice")
      ->check(CLI::Range(1, 100000));
  command->add_option("--seed", a->seed, "for --sheet: another number, another order");
  command->add_option("--cel", a->cel, "name of the column in .xdts");
  command->footer(
      "Examples:\n  nakawari mouth --sheet sheet.xdts --out face/mouth.toml\n"
      "  nakawari mouth --wav voice/c012.wav --out face/mouth.toml\n"
      "  nakawari mouth --wav v.wav --voice mio.wav --marks mio.txt --kana こんにちは --out face/mouth.toml");
  command->callback([a, &shell] { shell.run = [a] { return ended(run(*a)); }; });
}

}  // namespace nakawari
